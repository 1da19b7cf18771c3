// The button that copies a text box; without this module the box can be marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  const says = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      document.execCommand("copy"); // plain http on a phone has no clipboard of its own
    }
    says.textContent = says.dataset.copied;
  });
}
