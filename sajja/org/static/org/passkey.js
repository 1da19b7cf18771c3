// The buttons that ask the device for a passkey. The ceremony is allauth's own script; the words are ours.
const CEREMONIES = { add: "addForm", login: "loginForm", use: "authenticateForm" };

for (const button of document.querySelectorAll("[data-passkey]")) {
  const kind = button.dataset.passkey;
  const ids = { [kind === "use" ? "authenticate" : kind]: button.id, credential: button.dataset.credential };
  if (kind !== "login") ids.data = "js_data";
  if (kind === "add") ids.passwordless = "passwordless";
  window.allauth.webauthn.forms[CEREMONIES[kind]]({ ids });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("passkey-said");
  said.hidden = false;
  said.focus();
});
