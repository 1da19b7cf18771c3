// On every page. Each module only adds to what already works without it.
import "./once.js";
import "./thai-date.js";
import "./files.js";
import "./saved.js";
import "./theme.js";

// A refused form: the reader is taken to what is wrong.
document.querySelector("[data-errors]")?.focus();
