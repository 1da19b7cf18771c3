// The sheet of a collecting day: running totals, keys, search, the count, and a draft that a reload does not lose.
// A mirror for the eye: the server reads the boxes by its own rules and has the last word. One POST carries everything.
import { bringers, cashExpected, money, satang, sums } from "./sums.js";

const form = document.querySelector("[data-collect]");
const AGE = 60 * 24 * 3600 * 1000;

function ready() {
  for (const part of document.querySelectorAll(".only-script")) part.hidden = false;
  for (const part of document.querySelectorAll(".no-script")) part.hidden = true;
}

function start() {
  ready();
  const rows = [...form.querySelectorAll("tr[data-member]")].map(line);
  const state = { rows, show: "all", find: "", left: null };
  restore(rows);
  for (const row of rows) face(row);
  listen(state);
  total(state);
  // On a supplementary sheet, those who settled the month are out of the way; a search finds them.
  if (form.querySelector("[data-settled]")) showOnly(state, form.querySelector('[data-show="left"]'));
}

function line(tr) {
  const boxes = [...tr.querySelectorAll("input.money")];
  return {
    tr, boxes, came: tr.querySelector('[type="checkbox"]'), pledged: boxes[0], how: tr.querySelector('[name^="how-"]'),
    paper: tr.querySelector('[name^="paper-"]'), by: tr.querySelector('[name^="by-"]'), sum: tr.querySelectorAll("[data-sum]"),
    text: `${tr.querySelector("th").textContent}`.toLowerCase(), number: tr.querySelector(".num").textContent.trim(),
    said: tr.querySelector("[data-how]"), more: said(tr), settled: Boolean(tr.querySelector("[data-settled]")),
  };
}

function said(tr) {
  return tr.querySelector("[data-how]").textContent;
}

function amounts(row) {
  const found = {};
  for (const box of row.boxes) found[box.name.split("-")[0]] = satang(box.value) ?? 0;
  return { came: row.came.checked, transfer: row.how.value === "transfer", amounts: found };
}

// What one row shows: its sum, how it was paid, the paper's number.
function face(row) {
  const { amounts: parts } = amounts(row);
  const sum = Object.values(parts).reduce((a, b) => a + b, 0);
  for (const place of row.sum) place.textContent = sum ? money(sum) : "–";
  const words = [];
  if (row.how.value === "transfer") words.push("เงินโอน");
  if (row.paper.value) words.push(`ใบเล่ม ${row.paper.value}`);
  if (row.by.value) words.push(`${row.by.value} นำมา`);
  row.said.textContent = words.join(" · ") || row.more;
  for (const box of row.boxes) box.classList.toggle("wrong", satang(box.value) === null);
}

function put(selector, text) {
  for (const place of document.querySelectorAll(selector)) place.textContent = text;
}

function total(state) {
  const lines = state.rows.map(amounts);
  const found = sums(lines);
  for (const place of document.querySelectorAll("[data-total]")) {
    const kind = place.dataset.total;
    const plain = { cash: found.cash, transfer: found.transfer, all: found.cash + found.transfer };
    const income = (found.kinds.fine ?? 0) + (found.kinds.fee ?? 0);
    place.textContent = money(kind === "income" ? income : plain[kind] ?? found.kinds[kind] ?? 0);
  }
  put("[data-people]", String(found.people));
  put("[data-left]", String(state.rows.filter((row) => !row.came.checked && !row.settled).length));
  const bar = form.querySelector("progress");
  if (bar) bar.value = found.people;
  count(found.cash);
  bring(state);
}

// What each who brings for others must put down.
function bring(state) {
  const lines = state.rows.map((row) => ({
    came: row.came.checked, by: row.by.value.trim().split(" ")[0], number: row.number,
    total: Object.values(amounts(row).amounts).reduce((a, b) => a + b, 0),
  }));
  const place = form.querySelector("[data-bringers]");
  const found = bringers(lines);
  place.hidden = !found.length;
  place.querySelector("dl").replaceChildren(...found.map(([number, count, sum]) => {
    const line = document.createElement("div");
    const name = state.rows.find((row) => row.number === number)?.tr.querySelector(".nb").textContent ?? "";
    line.append(Object.assign(document.createElement("dt"), { textContent: `${number} ${name} (อีก ${count} คน)` }));
    line.append(Object.assign(document.createElement("dd"), { className: "money", textContent: money(sum) }));
    return line;
  }));
}

function count(expected) {
  let counted = 0;
  let any = false;
  for (const box of form.querySelectorAll("[data-piece]")) {
    const number = Number(box.value.replace(/[๐-๙]/g, (d) => d.charCodeAt(0) - 0x0e50).replace(/,/g, "").trim() || "0");
    any ||= box.value.trim() !== "";
    const worth = Number.isInteger(number) ? number * Number(box.dataset.piece) : 0;
    box.closest("tr").querySelector("[data-worth]").textContent = box.value.trim() ? money(worth) : "";
    counted += worth;
  }
  put("[data-counted]", any ? money(counted) : "–");
  const gap = any ? cashExpected(counted, expected, Number(form.dataset.step)) : 0;
  const place = form.querySelector("[data-difference]");
  place.hidden = !any;
  form.querySelector("[data-short]").hidden = !(gap < 0);
  form.querySelector("[data-over]").hidden = !(gap > 0);
  form.querySelector("[data-even]").hidden = gap !== 0;
  form.querySelector("[data-gap]").textContent = money(Math.abs(gap));
  settle(gap);
}

// Only what fits the difference is offered.
function settle(gap) {
  const choice = form.elements.namedItem("difference");
  form.querySelector("[data-settle]").hidden = gap === 0;
  const fits = { charged: gap < 0, taken_in: gap > 0, explained: gap !== 0, "": true };
  for (const option of choice.options) {
    option.hidden = option.disabled = !fits[option.value];
    if (option.disabled && option.selected) choice.value = "";
  }
  form.elements.namedItem("charge").closest(".field").hidden = choice.value !== "charged";
  form.elements.namedItem("words").closest(".field").hidden = choice.value === "";
}

// --- keys, search -----------------------------------------------------------------------------

function visible(state) {
  return state.rows.filter((row) => !row.tr.hidden);
}

function filter(state) {
  const wanted = state.find.trim().toLowerCase();
  for (const row of state.rows) {
    const found = !wanted || row.text.includes(wanted);
    row.tr.hidden = !found || (!wanted && state.show === "left" && (row.came.checked || row.settled));
  }
  form.querySelector("[data-none]").hidden = visible(state).length > 0;
}

function go(row, box) {
  const to = box ?? row.pledged;
  to.focus({ preventScroll: true });
  to.select?.();
  row.tr.scrollIntoView({ block: "nearest" });
}

function take(state, row, came) {
  const before = row.came.checked;
  row.came.checked = came;
  if (came && !before) number(row);
}

// The next paper of the book that lies on the table.
function number(row) {
  const next = document.getElementById("next-paper");
  if (!next?.value || row.paper.value) return;
  row.paper.value = next.value;
  next.value = next.value.replace(/\d+$/, (n) => String(Number(n) + 1).padStart(n.length, "0"));
}

function keys(state, event) {
  const tr = event.target.closest?.("tr[data-member]");
  if (!tr) {
    if (event.key === "Enter" && event.target.matches("[data-piece]")) nextPiece(event);
    else if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault();
    return;
  }
  const shown = visible(state);
  const at = shown.findIndex((row) => row.tr === tr);
  const row = shown[at];
  if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault();
    if (Object.values(amounts(row).amounts).some(Boolean)) take(state, row, true);
    changed(state, row);
    if (shown[at + 1]) go(shown[at + 1]);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.matches("input.money")) {
    event.preventDefault();
    const to = shown[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (to) go(to, to.boxes[row.boxes.indexOf(event.target)]);
  }
}

function nextPiece(event) {
  event.preventDefault();
  const boxes = [...form.querySelectorAll("[data-piece]")];
  boxes[boxes.indexOf(event.target) + 1]?.focus();
}

function changed(state, row) {
  face(row);
  total(state);
  save();
}

function rowOf(state, target) {
  const tr = target.closest?.("tr[data-member]");
  return tr && state.rows.find((row) => row.tr === tr);
}

function listen(state) {
  form.addEventListener("keydown", (event) => keys(state, event));
  form.addEventListener("input", (event) => {
    if (event.target.id === "find") {
      state.find = event.target.value;
      filter(state);
      return;
    }
    const row = rowOf(state, event.target);
    if (row && event.target.matches("input.money")) take(state, row, Object.values(amounts(row).amounts).some(Boolean));
    if (row) face(row);
    total(state);
    save();
  });
  form.addEventListener("change", (event) => {
    const row = rowOf(state, event.target);
    if (row && event.target === row.came && row.came.checked) number(row);
    if (row) face(row);
    total(state);
    save();
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input.money")) event.target.select();
  });
  form.addEventListener("click", (event) => {
    const show = event.target.closest("[data-show]");
    const fill = event.target.closest("[data-fill]");
    if (show) showOnly(state, show);
    if (fill) ahead(state, rowOf(state, fill), fill.dataset.fill);
  });
  document.getElementById("find")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter") jump(state, event);
  });
  sending();
}

function showOnly(state, button) {
  state.show = button.dataset.show;
  for (const each of form.querySelectorAll("[data-show]")) each.setAttribute("aria-pressed", String(each === button));
  filter(state);
}

function ahead(state, row, amount) {
  row.pledged.value = amount;
  take(state, row, true);
  changed(state, row);
  row.pledged.focus();
}

// The one of that number, else the first that is shown; the search is then emptied.
function jump(state, event) {
  event.preventDefault();
  event.stopPropagation();
  const text = event.target.value.trim().toLowerCase();
  const row = state.rows.find((each) => each.number.toLowerCase() === text) ?? visible(state)[0];
  if (!row) return;
  event.target.value = state.find = "";
  filter(state);
  row.tr.hidden = false;
  go(row);
}

// What did not come is not sent.
function sending() {
  form.addEventListener("submit", () => {
    for (const tr of form.querySelectorAll("tr[data-member]")) {
      if (!tr.querySelector('[type="checkbox"]').checked) setOff(tr, true);
    }
  });
  window.addEventListener("pageshow", () => {
    for (const tr of form.querySelectorAll("tr[data-member]")) setOff(tr, false);
  });
}

function setOff(tr, off) {
  for (const box of tr.querySelectorAll("input, select")) box.disabled = off;
}

// --- the draft --------------------------------------------------------------------------------

function key() {
  return `sajja.collect.${form.dataset.collect}`;
}

function boxesToKeep() {
  return [...form.elements].filter((box) => box.name && box.type !== "hidden" && box.tagName !== "BUTTON");
}

function save() {
  const kept = {};
  for (const box of boxesToKeep()) {
    const now = box.type === "checkbox" ? box.checked : box.value;
    const before = box.type === "checkbox" ? box.defaultChecked : first(box);
    const came = box.closest("tr[data-member]")?.querySelector('[type="checkbox"]').checked ?? Boolean(now);
    if (came || now !== before) kept[box.name] = now;
  }
  try {
    localStorage.setItem(key(), JSON.stringify({ at: Date.now(), kept, next: document.getElementById("next-paper")?.value }));
    tell(`บันทึกในเครื่องแล้ว ${clock(Date.now())} น.`);
  } catch {
    tell("เครื่องนี้เก็บร่างไม่ได้ อย่าปิดหน้านี้ก่อนลงบัญชี");
  }
}

function first(box) {
  if (box.tagName !== "SELECT") return box.defaultValue;
  return ([...box.options].find((option) => option.defaultSelected) ?? box.options[0])?.value ?? "";
}

function restore(rows) {
  forgetOld();
  if ("typed" in form.dataset) {
    save();
    return;
  }
  const found = read(key());
  if (!found || !Object.keys(found.kept).length) return;
  for (const box of boxesToKeep()) {
    if (!(box.name in found.kept)) continue;
    if (box.type === "checkbox") box.checked = found.kept[box.name];
    else box.value = found.kept[box.name];
  }
  const next = document.getElementById("next-paper");
  if (next && found.next) next.value = found.next;
  for (const row of rows) if (row.how.value === "transfer" || row.by.value) row.tr.querySelector("details").open = true;
  tell(`ร่างที่เก็บในเครื่อง ${clock(found.at)} น.`, true);
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// A draft of a sheet that was posted meanwhile, and what nobody took up again.
function forgetOld() {
  const [book, , number] = form.dataset.collect.split(".");
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith("sajja.collect."))) {
    const [, , itsBook, its, itsNumber] = name.split(".");
    const here = itsBook === book && its.slice(0, 7) === form.dataset.collect.split(".")[1].slice(0, 7);
    if ((here && Number(itsNumber) < Number(number)) || Date.now() - (read(name)?.at ?? 0) > AGE) localStorage.removeItem(name);
  }
}

function tell(words, fresh = false) {
  const place = document.querySelector("[data-draft]");
  place.textContent = words;
  if (!fresh) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet";
  button.textContent = "เริ่มใบใหม่";
  button.addEventListener("click", () => {
    localStorage.removeItem(key());
    location.reload();
  });
  place.append(" ", button);
}

function clock(at) {
  return new Date(at).toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" }).replace(":", ".");
}

if (form) start();
