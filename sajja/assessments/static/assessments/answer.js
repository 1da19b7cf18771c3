// Each answer is sent by htmx when it is given. This module keeps trying what did not arrive, and gives an answer that was
// changed a new id: the same id with other content would be refused. Without it the page's one button keeps everything.
import { uuid } from "../web/js/once.js";

const EVERY = 8000;
const unsent = new Set();

function retry() {
  for (const article of unsent) window.htmx?.trigger(article, "change");
}

for (const article of document.querySelectorAll("[data-answer]")) {
  article.addEventListener("change", (event) => {
    if (!event.isTrusted) return;
    const once = article.querySelector('input[name="once"]');
    if (once) once.value = uuid();
  }, { capture: true });
  article.addEventListener("htmx:sendError", () => unsent.add(article));
  article.addEventListener("htmx:timeout", () => unsent.add(article));
  article.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr?.status) unsent.delete(article);
  });
}

window.addEventListener("online", retry);
setInterval(retry, EVERY);
