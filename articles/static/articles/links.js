/* Copies the address of a link; where the browser refuses, selects it. */
"use strict";
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-from]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copyFrom);
  const status = button.parentElement.querySelector("[role=status]");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = gettext("Copied");
  } catch {
    status.textContent = gettext("Selected: copy it with Ctrl+C");
  }
});
