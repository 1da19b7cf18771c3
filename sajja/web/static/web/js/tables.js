// table[data-sort]: the buttons .sort in the heads put the rows that are on the page in order, and say it by aria-sort.
// A cell may give what it sorts by in data-value; numbers sort as numbers, words by the Thai dictionary.
const thai = new Intl.Collator("th", { numeric: true });

function key(row, column) {
  const cell = row.cells[column];
  return cell?.dataset.value ?? cell?.textContent.trim() ?? "";
}

function number(text) {
  const plain = text.replace(/[,%\s]/g, "");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

function compare(a, b) {
  const [x, y] = [number(a), number(b)];
  if (x !== null && y !== null) return x - y;
  if (x === null && y === null) return thai.compare(a, b);
  return x === null ? -1 : 1; // a missing figure stands below every figure
}

function sort(table, head) {
  const down = head.getAttribute("aria-sort") === "ascending";
  const column = head.cellIndex;
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => compare(key(a, column), key(b, column)));
  body.append(...(down ? rows.reverse() : rows));
}

for (const table of document.querySelectorAll("table[data-sort]")) {
  table.tHead?.addEventListener("click", (event) => {
    const head = event.target.closest("button.sort")?.closest("th");
    if (head) sort(table, head);
  });
}
