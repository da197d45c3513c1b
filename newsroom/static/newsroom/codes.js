/* Recovery codes: print them, copy them. To download them needs no script. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const print = document.querySelector("[data-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());

  const copy = document.querySelector("[data-copy]");
  if (!navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const codes = [...document.getElementById(copy.dataset.copy).children].map((item) => item.textContent.trim());
    await navigator.clipboard.writeText(codes.join("\n"));
    copy.textContent = copy.dataset.done;
  });
});
