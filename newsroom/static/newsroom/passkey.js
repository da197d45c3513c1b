/* Passkeys: a form asks the browser for one and sends what it answers. Without this script the other ways remain. */
"use strict";

(() => {
  const known = Boolean(window.PublicKeyCredential && window.webauthnJSON);

  const options = async (box) => {
    if (!box.dataset.source) return JSON.parse(box.dataset.options);
    const answer = await fetch(box.dataset.source, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  };

  const start = (box) => {
    const form = box.closest("form");
    const button = box.querySelector("button");
    const told = box.querySelector("[role=alert]");
    button.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      told.hidden = true;
      button.disabled = true;
      try {
        const answer = await window.webauthnJSON[box.dataset.passkey](await options(box));
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch {
        // Refused, no such key, or too slow: the browser does not say which.
        told.textContent = box.dataset.failed;
        told.hidden = false;
        button.disabled = false;
        button.focus();
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (known) document.querySelectorAll("[data-passkey]").forEach(start);
  });
})();
