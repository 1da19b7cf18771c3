// The sums of a sheet, in whole satang. Pure; the same as sajja/treasury/collecting.py.

// "1,234.50", "๑๒๓๔.๕" → 123450; nothing is nought; null where it is no amount.
export function satang(text) {
  const plain = text.replace(/[๐-๙]/g, (d) => String(d.charCodeAt(0) - 0x0e50)).trim();
  if (plain === "" || plain === "–" || plain === "-") return 0;
  const found = plain.match(/^(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d{1,2}))?$/);
  return found ? Number(found[1].replace(/,/g, "")) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

// 123450 → "1,234.50"
export function money(amount) {
  const [whole, rest] = [Math.trunc(Math.abs(amount) / 100), Math.abs(amount) % 100];
  return `${amount < 0 ? "-" : ""}${whole.toLocaleString("en-US")}.${String(rest).padStart(2, "0")}`;
}

// Lines {came, transfer, amounts: {kind: satang}} → people, cash, transfer, and each kind's sum.
export function sums(lines) {
  const found = { people: 0, cash: 0, transfer: 0, kinds: {} };
  for (const { came, transfer, amounts } of lines) {
    if (!came) continue;
    found.people += 1;
    for (const [kind, amount] of Object.entries(amounts)) {
      found.kinds[kind] = (found.kinds[kind] ?? 0) + amount;
      found[transfer ? "transfer" : "cash"] += amount;
    }
  }
  return found;
}

// Above nought: over; below: short. What no coin can make up is forgiven, unless the count is exact.
export function cashExpected(counted, expected, step) {
  return counted === expected ? 0 : counted + (expected % step) - expected;
}

// Lines {came, by, number, total} → [bringer's number, for how many others, what he puts down with his own].
export function bringers(lines) {
  const came = lines.filter((line) => line.came);
  const numbers = [...new Set(came.map((line) => line.by).filter(Boolean))];
  return numbers.map((number) => {
    const others = came.filter((line) => line.by === number);
    const own = came.filter((line) => line.number === number && !line.by);
    return [number, others.length, [...others, ...own].reduce((sum, line) => sum + line.total, 0)];
  });
}
