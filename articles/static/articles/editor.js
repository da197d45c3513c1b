/* Gives each writing surface the name, language and direction of the field that it stands for. */
"use strict";
{
  const dress = (surface) => {
    const field = surface.closest(".prose-editor").querySelector("textarea") || surface.closest(".form-row").querySelector("textarea");
    surface.setAttribute("aria-label", field.labels[0].textContent.trim().replace(/:$/, ""));
    surface.lang = field.lang;
    surface.dir = field.dir;
  };
  const look = () => document.querySelectorAll(".tiptap:not([aria-label])").forEach(dress);
  document.addEventListener("DOMContentLoaded", () => {
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
}
