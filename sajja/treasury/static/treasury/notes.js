// Adds up the notes and coins while they are counted, and says how it stands against the book. The server counts again.
const baht = (satang) => (satang / 100).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).replace(/[,\s]/g, "");
const rows = [...document.querySelectorAll("[data-piece]")];
const place = document.querySelector("#id_account, #id_giver");

function inBook() {
  const words = place?.selectedOptions[0]?.value ? place.selectedOptions[0].textContent : "";
  const found = words.match(/(-?[\d,]+\.\d\d)(?!.*\d)/);
  return found ? Math.round(Number(found[1].replaceAll(",", "")) * 100) : null;
}

function count() {
  let total = 0;
  for (const row of rows) {
    const many = Number(arabic(row.querySelector("input").value || "0")) || 0;
    const worth = many * Number(row.dataset.piece);
    total += worth;
    row.querySelector("[data-worth]").textContent = worth ? baht(worth) : "–";
  }
  document.querySelector("[data-counted]").textContent = baht(total);
  const against = document.querySelector("[data-against]");
  if (!against) return;
  const book = inBook();
  against.querySelector("[data-book]").textContent = book === null ? "–" : baht(book);
  against.querySelector("[data-difference]").textContent = book === null ? "–" : baht(total - (book - (book % 25)));
}

document.addEventListener("input", count);
document.addEventListener("change", count);
count();
