/* Gives the fields that complete what is typed the names that their library leaves out. */
"use strict";
{
  const name = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling;
    if (!label || !box || !box.classList.contains("select2")) return;
    label.id ||= `${select.id}_label`;
    const face = box.querySelector(".select2-selection");
    const shown = box.querySelector(".select2-selection__rendered");
    shown.id ||= `${select.id}_shown`;
    face.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    const typed = box.querySelector(".select2-search__field");
    if (typed) typed.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
  };
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);
  /* Date and time are two fields under one label. */
  const nameTimes = () => {
    for (const field of document.querySelectorAll(".vDateField, .vTimeField")) {
      const label = field.closest(".form-row, td")?.querySelector("label");
      if (label) field.setAttribute("aria-label", `${label.textContent.trim()} ${field.getAttribute("aria-label") || ""}`);
    }
  };
  /* The library makes its own parts when the document is ready, in an order of its own. */
  document.addEventListener("DOMContentLoaded", () => {
    django.jQuery(nameAll);
    nameTimes();
    django.jQuery(document).on("formset:added", () => setTimeout(nameAll));
    document.addEventListener("formset:added", () => setTimeout(nameAll));
    django.jQuery(document).on("select2:open", (event) => {
      const label = document.querySelector(`label[for="${event.target.id}"]`);
      const field = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
      if (!field || !label) return;
      field.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
      field.focus();
    });
  });
}
