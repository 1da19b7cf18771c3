// Each answer is sent by htmx when it is given. This module keeps trying what did not arrive, gives an answer that was changed
// a new id (the same id with other content would be refused), and says so where the answer came from a sign-in page.
// Without it the page's one button keeps everything.
import { uuid } from "../web/js/once.js";

const EVERY = 8000;
const line = document.querySelector(".saved[data-saved]");

function late(article) {
  article.dataset.unsent = "";
}

function retry() {
  for (const article of document.querySelectorAll("[data-unsent]")) window.htmx?.trigger(article, "change");
}

function answered(article, xhr) {
  if (!xhr?.status) return;
  if (xhr.status === 200 && !xhr.getResponseHeader("X-Kept")) {
    late(article);
    setTimeout(() => {
      line.dataset.state = "failed";
      line.querySelector("[data-words]").textContent = line.dataset.signedOut;
    });
    return;
  }
  delete article.dataset.unsent;
}

for (const article of document.querySelectorAll("[data-answer]")) {
  article.addEventListener("change", (event) => {
    if (!event.isTrusted) return;
    const once = article.querySelector('input[name="once"]');
    if (once) once.value = uuid();
  }, { capture: true });
  article.addEventListener("htmx:sendError", () => late(article));
  article.addEventListener("htmx:timeout", () => late(article));
  article.addEventListener("htmx:afterRequest", (event) => answered(article, event.detail.xhr));
}

window.addEventListener("online", retry);
setInterval(retry, EVERY);
