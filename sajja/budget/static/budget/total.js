// The running total of an allocation sheet: a mirror for the eye, the server has the last word.
const form = document.querySelector("[data-total-of]");
const THAI = "๐๑๒๓๔๕๖๗๘๙";

function satang(text) {
  const plain = text.replace(/[๐-๙]/g, (digit) => THAI.indexOf(digit)).replace(/[,\s]/g, "");
  return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : 0;
}

function baht(sum) {
  const words = (Math.abs(sum) / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return sum < 0 ? `-${words}` : words;
}

function show() {
  const sum = [...form.querySelectorAll('[name^="unit_"]')].reduce((all, box) => all + satang(box.value), 0);
  form.querySelector("[data-total]").textContent = baht(sum);
  form.querySelector("[data-left]").textContent = baht(Number(form.dataset.totalOf) - sum);
}

form.addEventListener("input", show);
show();
