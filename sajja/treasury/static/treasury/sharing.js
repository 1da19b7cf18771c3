// The payment list: one press for everybody, then the exceptions; what it comes to; looking for a member.
import { money } from "./sums.js";

const form = document.querySelector("[data-pay]");

function total() {
  let people = 0;
  let cash = 0;
  for (const line of form.querySelectorAll("[data-line]")) {
    const how = line.querySelector("select").value;
    if (how) people += 1;
    if (how === "cash") cash += Number(line.dataset.line);
  }
  for (const place of document.querySelectorAll("[data-people]")) place.textContent = people;
  for (const place of document.querySelectorAll("[data-cash]")) place.textContent = money(cash);
}

function everyone(event) {
  event.preventDefault();
  for (const box of form.querySelectorAll("[data-line] select")) box.value = event.currentTarget.dataset.all;
  total();
}

function find(event) {
  const wanted = event.target.value.trim().toLowerCase();
  for (const line of form.querySelectorAll("[data-line]")) {
    line.hidden = Boolean(wanted) && !line.querySelector("label").textContent.toLowerCase().includes(wanted);
  }
}

if (form) {
  for (const part of document.querySelectorAll(".only-script")) part.hidden = false;
  for (const button of form.querySelectorAll("[data-all]")) button.addEventListener("click", everyone);
  form.addEventListener("change", total);
  form.querySelector("#find").addEventListener("input", find);
  form.querySelector("#find").addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  total();
}
