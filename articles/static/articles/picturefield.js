/* Beside a select of pictures: what is chosen, and the library to choose from. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const dress = (field) => {
    if (field.closest(".empty-form")) return;
    const select = document.getElementById(field.dataset.pictureField);
    const thumb = field.querySelector(".picture-field__thumb");

    const show = async () => {
      const chosen = select.value;
      thumb.hidden = true;
      if (!chosen) return;
      const response = await fetch(field.dataset.card.replace("/1/", `/${chosen}/`)).catch(() => null);
      if (!response?.ok || response.redirected) return;
      const picture = await response.json();
      if (select.value !== chosen) return;
      thumb.src = picture.thumb;
      thumb.alt = picture.alt || picture.label;
      thumb.hidden = false;
    };

    const choose = (picture, dialog) => {
      if (![...select.options].some((option) => option.value === String(picture.id))) {
        select.add(new Option(picture.label, picture.id));
      }
      select.value = picture.id;
      dialog.close();
      django.jQuery(select).trigger("change");
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const open = async (files) => {
      const dialog = document.createElement("dialog");
      dialog.className = "picture-dialog";
      dialog.setAttribute("aria-label", field.dataset.title);
      const close = document.createElement("button");
      close.type = "button";
      close.className = "picture-dialog__close";
      close.textContent = field.dataset.close;
      close.addEventListener("click", () => dialog.close());
      const inner = document.createElement("div");
      dialog.append(close, inner);
      dialog.addEventListener("close", () => {
        dialog.remove();
        field.querySelector("button").focus();
      });
      document.body.append(dialog);
      dialog.showModal();
      const response = await fetch(field.dataset.picker).catch(() => null);
      if (!response?.ok || response.redirected) {
        inner.textContent = field.dataset.failed;
        return;
      }
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      inner.replaceChildren(...page.body.children);
      const take = window.picturePicker(inner.querySelector(".picker"), (picture) => choose(picture, dialog));
      if (files && take) take(files);
      else inner.querySelector("[type=search]").focus();
    };

    field.querySelector("button").addEventListener("click", () => open());
    window.pictureDrop(field.closest(".form-row") || field, open);
    django.jQuery(select).on("change", show);
    field.hidden = false;
    show();
  };
  document.querySelectorAll("[data-picture-field]").forEach(dress);

  // A row that was just added below the form: what it was copied from does not say which select is beside it.
  document.addEventListener("formset:added", ({ target }) => {
    for (const field of target.querySelectorAll("[data-picture-field]")) {
      field.dataset.pictureField = field.parentElement.querySelector("select").id;
      dress(field);
    }
  });
});
