/* Alt+Shift+P shows the preview, wherever the cursor is; by the key's place, so on every layout. */
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.code !== "KeyP" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  const button = document.getElementById("preview-button");
  if (!button) return;
  event.preventDefault();
  button.click();
});
