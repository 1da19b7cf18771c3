// One UUID for one act. A form that was answered must not be sent again under the same id when the person comes back to it:
// a changed form would be refused as a conflict. A form whose sending was never answered keeps its UUID, also when going
// back loads the page anew, so that sending it again is safe: either the server did it once, or it does it now.
const PENDING = "sajja.once.pending"; // [place of the form, UUID]: sent, not answered yet
const ANSWERED = "sajja.once.answered"; // UUIDs
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

function write(key, list) {
  sessionStorage.setItem(key, JSON.stringify(list.slice(-KEEP)));
}

function inputs() {
  return [...document.querySelectorAll('input[name="once"]')].filter((input) => input.form);
}

function place(form) {
  return `${new URL(form.action).pathname} ${[...document.forms].indexOf(form)}`;
}

function renew() {
  const answered = new Set(read(ANSWERED));
  for (const input of inputs()) if (answered.has(input.value)) input.value = uuid();
}

function takeUpAgain() {
  const pending = new Map(read(PENDING));
  for (const input of inputs()) input.value = pending.get(place(input.form)) ?? input.value;
}

if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
  takeUpAgain();
} else {
  // A page came in answer, so whatever was sent before it has been answered.
  write(ANSWERED, [...read(ANSWERED), ...read(PENDING).map(([, id]) => id)]);
  write(PENDING, []);
}
renew();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const input = form.elements.namedItem("once");
  if (!input || event.defaultPrevented) return;
  if (form.dataset.sent === input.value) {
    event.preventDefault(); // a second tap while the first is under way
    return;
  }
  form.dataset.sent = input.value;
  write(PENDING, [...read(PENDING).filter(([, id]) => id !== input.value), [place(form), input.value]]);
});

window.addEventListener("pageshow", (event) => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  if (event.persisted) renew();
});
