// A form that was answered must not be sent again under the same id when the person comes back to it:
// going back shows the old page with the old UUID, and a changed form would be refused as a conflict.
// A form that was never answered (no network) keeps its UUID, so that sending it again is safe.
const PENDING = "sajja.once.pending";
const ANSWERED = "sajja.once.answered";
const KEEP = 50;

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function read(key) {
  return JSON.parse(sessionStorage.getItem(key) ?? "[]");
}

function write(key, ids) {
  sessionStorage.setItem(key, JSON.stringify(ids.slice(-KEEP)));
}

function refresh() {
  const answered = new Set(read(ANSWERED));
  for (const input of document.querySelectorAll('input[name="once"]')) {
    if (answered.has(input.value)) input.value = uuid();
  }
}

// This page was loaded, so the server answered whatever was sent before it.
write(ANSWERED, [...read(ANSWERED), ...read(PENDING)]);
write(PENDING, []);
refresh();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const input = form.elements.namedItem("once");
  if (!input || event.defaultPrevented) return;
  if (form.dataset.sent === input.value) {
    event.preventDefault(); // a second tap while the first is under way
    return;
  }
  form.dataset.sent = input.value;
  write(PENDING, [...read(PENDING), input.value]);
});

window.addEventListener("pageshow", (event) => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  if (event.persisted) refresh();
});
