/* Gives each writing surface the name, language and direction of the field that it stands for, and
   its buttons their words: the editor translates few of them. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const waiting = new Set(document.querySelectorAll("[data-django-prose-editor-configurable]"));
  const say = (menu) => {
    for (const button of menu.querySelectorAll("button[title]:not([title=''])")) {
      button.title = gettext(button.title);
      button.setAttribute("aria-label", button.title);
    }
  };
  const translate = (menu) => {
    say(menu);
    for (const option of menu.querySelectorAll(".prose-menubar__option > *")) {
      option.textContent = gettext(option.textContent);
    }
    /* The button of the kind of paragraph is made anew when that changes, not while someone types. */
    for (const chosen of menu.querySelectorAll(".prose-menubar__selected")) {
      new MutationObserver(() => say(chosen)).observe(chosen, { childList: true });
    }
  };
  const dress = () => {
    for (const field of waiting) {
      const row = field.closest(".form-row");
      const surface = row.querySelector(".tiptap");
      const menu = row.querySelector(".prose-menubar");
      if (!surface || !menu) continue;
      surface.setAttribute("aria-label", field.labels[0].textContent.trim().replace(/:$/, ""));
      surface.lang = field.lang;
      surface.dir = field.dir;
      translate(menu);
      waiting.delete(field);
    }
    /* Watching goes on only until the last surface is there, never while someone types. */
    if (!waiting.size) observer.disconnect();
  };
  const observer = new MutationObserver(dress);
  observer.observe(document.body, { childList: true, subtree: true });
  dress();
});
