// Says under a date field what it understood, as the person types. A mirror for the eye only: the server reads the date
// by its own rules (sajja/lib/thai_dates.py) and has the last word.
const MONTHS = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"];
const SHORT = ["มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"];
const WEEKDAYS = ["อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"];

function arabic(text) {
  return text.normalize("NFC").replace(/[๐-๙]/g, (d) => String(d.charCodeAt(0) - 0x0e50)).replace(/[０-９]/g, (d) => String(d.charCodeAt(0) - 0xff10)).trim();
}

function year(digits) {
  const n = Number(digits);
  if (digits.length === 2) return 2500 + n - 543;
  if (digits.length === 4 && n >= 2400 && n <= 2699) return n - 543;
  return digits.length === 4 && n >= 1900 && n <= 2099 ? n : null;
}

function parts(text) {
  const numbers = text.match(/^(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{1,4})$/);
  if (numbers) {
    const [, first, , month, last] = numbers;
    return first.length > 2 ? [Number(last), Number(month), year(first)] : [Number(first), Number(month), year(last)];
  }
  const words = text.match(/^(\d{1,2})\s*(?:เดือน)?\s*([\u0e01-\u0e4e.\s]+?)\s*(?:พ\.?ศ\.?)?\s*(\d{2,4})$/);
  if (!words) return null;
  const name = words[2].replace(/[.\s]/g, "");
  const month = Math.max(MONTHS.indexOf(name), SHORT.indexOf(name)) + 1;
  return month ? [Number(words[1]), month, year(words[3])] : null;
}

export function understood(typed) {
  const found = parts(arabic(typed).replace(/^(?:วัน[\u0e01-\u0e4e]*ที่|วันที่|ที่)\s*/, ""));
  if (!found || found[2] === null) return "";
  const [day, month, ce] = found;
  const date = new Date(Date.UTC(ce, month - 1, day));
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month - 1) return "";
  return `วัน${WEEKDAYS[date.getUTCDay()]}ที่ ${day} ${MONTHS[month - 1]} ${ce + 543}`;
}

for (const line of document.querySelectorAll('[data-live="thai-date"]')) {
  const input = document.getElementById(line.dataset.understood);
  input?.addEventListener("input", () => {
    line.textContent = understood(input.value);
  });
}
