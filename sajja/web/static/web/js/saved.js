// .saved[data-saved]: what became of the last htmx request that stored something, with the time, said politely.
const line = document.querySelector(".saved[data-saved]");

function say(state, words) {
  line.dataset.state = state;
  line.querySelector("[data-words]").textContent = words;
}

function clock() {
  return new Date().toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" }).replace(":", ".");
}

if (line) {
  document.body.addEventListener("htmx:beforeRequest", () => say("saving", "กำลังบันทึก"));
  document.body.addEventListener("htmx:sendError", () => say("failed", "ส่งไม่ถึง ข้อที่เพิ่งตอบยังไม่บันทึก ตรวจสัญญาณแล้วแตะคำตอบอีกครั้ง"));
  document.body.addEventListener("htmx:timeout", () => say("failed", "สัญญาณช้าเกินไป ข้อที่เพิ่งตอบยังไม่บันทึก แตะคำตอบอีกครั้ง"));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr?.status ?? 0; // htmx calls every answer that it swaps a success
    if (status >= 200 && status < 400) say("saved", `บันทึกแล้ว ${clock()} น.`);
    else if (status) say("failed", "ยังไม่บันทึก อ่านข้อความในข้อนั้นแล้วลองอีกครั้ง");
  });
}
