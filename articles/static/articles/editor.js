/* Gives each writing surface the name, language and direction of the field that it stands for. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const waiting = new Set(document.querySelectorAll("[data-django-prose-editor-configurable]"));
  const dress = () => {
    for (const field of waiting) {
      const surface = field.closest(".form-row").querySelector(".tiptap");
      if (!surface) continue;
      surface.setAttribute("aria-label", field.labels[0].textContent.trim().replace(/:$/, ""));
      surface.lang = field.lang;
      surface.dir = field.dir;
      waiting.delete(field);
    }
    /* Watching goes on only until the last surface is there, never while someone types. */
    if (!waiting.size) observer.disconnect();
  };
  const observer = new MutationObserver(dress);
  observer.observe(document.body, { childList: true, subtree: true });
  dress();
});
