// Says which file was chosen; a photo is shrunk on the phone before it is sent, to spare the network.
// The server shrinks, turns and cleans every picture again, so nothing depends on this.
const QUALITY = 0.85;
const NONE = "ยังไม่ได้เลือกไฟล์";
const SMALL_ENOUGH = 600 * 1024;

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

async function shrunk(file, edge) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < SMALL_ENOUGH || !window.createImageBitmap) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paint = canvas.getContext("2d");
  paint.fillStyle = "white";
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}

async function chosen(input, says) {
  const edge = Number(input.dataset.shrink);
  let files = [...input.files];
  if (edge && files.length) {
    says.textContent = "กำลังย่อรูป";
    try {
      files = await Promise.all(files.map((file) => shrunk(file, edge)));
      const box = new DataTransfer();
      for (const file of files) box.items.add(file);
      input.files = box.files;
    } catch {
      files = [...input.files]; // a picture this browser cannot read goes as it is
    }
  }
  says.textContent = files.map((file) => `${file.name} (${size(file.size)})`).join(", ") || NONE;
}

for (const box of document.querySelectorAll("[data-filebox]")) {
  const input = box.querySelector('input[type="file"]');
  const says = box.querySelector("output");
  const button = box.querySelector("button");
  let work = Promise.resolve();
  let busy = false;
  // The browser's own button speaks the language of the browser; ours speaks Thai.
  box.dataset.ready = "";
  input.tabIndex = -1;
  button.hidden = says.hidden = false;
  says.textContent = NONE;
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    busy = true;
    work = chosen(input, says).finally(() => {
      busy = false;
    });
  });
  // Sent while a photo is being shrunk: wait for it, then send. In the capture phase, before once.js counts the sending.
  input.form?.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sender = event.submitter;
    work.then(() => input.form.requestSubmit(sender));
  }, { capture: true });
}
