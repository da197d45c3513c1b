/* Gives each writing surface the name, language and direction of the field that it stands for, its
   buttons their words (the editor translates few of them), and its dialogues names and directions. */
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
  /* A dialogue stands beside its surface from when it is opened until it is left. */
  const greet = (dialog, field, surface) => {
    const title = dialog.querySelector(".prose-editor-dialog-title");
    if (title) dialog.setAttribute("aria-label", title.textContent);
    for (const select of dialog.querySelectorAll("select")) {
      for (const option of select.options) {
        option.value = option.textContent; /* which it was for want of a value */
        option.textContent = gettext(option.textContent);
      }
      if (select.name === "withHeaderRow") select.value = "Yes";
    }
    for (const input of dialog.querySelectorAll("input[name=altText], input[name=caption], input[name=title]")) {
      input.lang = field.lang;
      input.dir = field.dir;
    }
    for (const address of dialog.querySelectorAll("input[name=href], input[name=imageUrl]")) {
      address.dir = "ltr";
      const browse = address.parentElement.querySelector("button");
      if (address.name === "imageUrl" && browse) {
        /* Pictures come from the library alone. */
        address.readOnly = true;
        browse.focus();
      }
    }
    new MutationObserver((_changes, watch) => {
      if (dialog.isConnected) return;
      watch.disconnect();
      if (document.activeElement === document.body) surface.focus();
    }).observe(surface.parentElement, { childList: true });
  };
  const attend = (field, surface) =>
    new MutationObserver((changes) => {
      const added = changes.flatMap((change) => [...change.addedNodes]);
      for (const dialog of added.flatMap((node) => [...(node.querySelectorAll?.("dialog") || [])])) {
        greet(dialog, field, surface);
      }
    }).observe(surface.parentElement, { childList: true });
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
      attend(field, surface);
      waiting.delete(field);
    }
    /* Watching goes on only until the last surface is there, never while someone types. */
    if (!waiting.size) observer.disconnect();
  };
  const observer = new MutationObserver(dress);
  observer.observe(document.body, { childList: true, subtree: true });
  dress();
});
