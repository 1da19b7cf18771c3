// The rows of those who came: adding and taking out without a new page, counting, and the sex that a title says.
// Without this the buttons send the page, which comes back with the row added or gone.
const TITLES = [["นางสาว", "female"], ["น.ส.", "female"], ["นาง", "female"], ["นาย", "male"]];
const form = document.querySelector("[data-people]");
const wanted = Number(form.dataset.people);
const says = form.querySelector("[data-count]");
const LONG = 12; // letters of an office that no longer stand beside the sex on a phone

function renumber(list) {
  const kind = list.dataset.kind;
  const rows = [...list.children];
  rows.forEach((row, index) => {
    const number = index + 1;
    row.querySelector(".num").textContent = number;
    for (const place of row.querySelectorAll("[data-number]")) place.textContent = number;
    for (const box of row.querySelectorAll("[data-part]")) {
      box.name = `${box.dataset.part}_${kind}${number}`;
      box.id = `id_${box.name}`;
      box.closest(".cell").querySelector("label").htmlFor = box.id;
    }
    row.querySelector('[name="drop"]').value = `${kind}${number}`;
  });
  form.querySelector(`[data-rows="${kind}"]`).value = rows.length;
  count();
}

function count() {
  const names = form.querySelectorAll('[data-kind="p"] [data-part="name"]');
  const came = [...names].filter((box) => box.value.trim()).length;
  const full = came === wanted;
  says.hidden = false;
  says.className = `chip ${full ? "ok" : "wait"}`;
  says.textContent = `${full ? `${says.dataset.full} ` : ""}${came}/${wanted} ${says.dataset.unit}`;
}

function add(kind) {
  const list = form.querySelector(`[data-kind="${kind}"]`);
  const row = list.lastElementChild.cloneNode(true);
  for (const error of row.querySelectorAll(".error")) error.remove();
  for (const bad of row.querySelectorAll(".bad")) bad.classList.remove("bad");
  for (const box of row.querySelectorAll("[data-part]")) {
    box.value = kind === "p" && box.dataset.part === "office" ? "สมาชิก" : "";
    box.removeAttribute("aria-describedby");
    box.removeAttribute("aria-invalid");
  }
  row.classList.remove("long");
  list.append(row);
  renumber(list);
  row.querySelector('[data-part="name"]').focus();
}

function drop(row) {
  const list = row.parentElement;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  if (list.children.length === 1) {
    for (const box of row.querySelectorAll("[data-part]")) box.value = "";
    count();
    return;
  }
  row.remove();
  renumber(list);
  next.querySelector('[data-part="name"]').focus();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="add"], button[name="drop"]');
  if (!button) return;
  event.preventDefault();
  if (button.name === "add") add(button.value);
  else drop(button.closest("li"));
});

form.addEventListener("change", (event) => {
  if (event.target.dataset.part === "office") event.target.closest("li").classList.toggle("long", event.target.value.length > LONG);
});

form.addEventListener("input", (event) => {
  if (event.target.dataset.part !== "name") return;
  const sex = event.target.closest("li").querySelector('[data-part="sex"]');
  const said = TITLES.find(([title]) => event.target.value.trimStart().startsWith(title));
  if (said) sex.value = said[1];
  count();
});

count();
