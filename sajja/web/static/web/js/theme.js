// Light or dark, as the person chose; never by the clock, because a phone in the field needs light.
const YEAR = 31536000;
const button = document.querySelector("[data-theme-switch]");

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme !== "dark";
    if (dark) document.documentElement.dataset.theme = "dark";
    else delete document.documentElement.dataset.theme;
    document.cookie = `theme=${dark ? "dark" : ""}; path=/; max-age=${YEAR}; samesite=lax`;
  });
}
