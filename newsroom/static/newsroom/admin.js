/* Names for what Django's own widgets leave without one, so that a screen reader can say it. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const text = (element) => (element ? element.textContent.trim().replace(/:$/, "") : "");

  /* A list that completes what is typed stands in the place of a select: its label, then what is chosen. */
  const nameLists = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = select.nextElementSibling;
      const label = document.querySelector(`label[for="${select.id}"]`);
      if (!label || !box || box.dataset.named) continue;
      box.dataset.named = "yes";
      label.id ||= `${select.id}_label`;
      const shown = box.querySelector(".select2-selection__rendered");
      shown.id ||= `${select.id}_shown`;
      box.querySelector(".select2-selection").setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
      for (const part of box.querySelectorAll(".select2-search__field, [role=textbox]")) {
        part.setAttribute("aria-label", text(label));
      }
      /* Without a choice it is an empty list, which has to hold items. */
      if (shown.tagName === "UL") shown.setAttribute("role", "presentation");
    }
  };
  const nameOpenSearch = () => {
    const open = document.querySelector(".select2-container--open .select2-selection[aria-labelledby]");
    const field = document.querySelector(".select2-dropdown .select2-search__field:not([aria-label])");
    if (!open || !field) return;
    field.setAttribute("aria-label", text(document.getElementById(open.getAttribute("aria-labelledby").split(" ")[0])));
    field.focus();
  };

  /* Date and time are two fields under one label. */
  for (const field of document.querySelectorAll(".vDateField, .vTimeField")) {
    const label = field.closest(".form-row, td")?.querySelector("label, legend");
    if (label && !field.labels.length) {
      field.setAttribute("aria-label", `${text(label)}: ${field.getAttribute("aria-label") || ""}`);
    }
  }

  /* Fields in the rows of a list are called as their columns. */
  const table = document.getElementById("result_list");
  if (table?.tHead) {
    const heads = [...table.tHead.rows[0].cells].map(text);
    for (const field of table.tBodies[0].querySelectorAll("input:not([type=hidden]), select")) {
      if (!field.labels.length && !field.hasAttribute("aria-label")) {
        field.setAttribute("aria-label", heads[field.closest("td, th").cellIndex]);
      }
    }
  }

  /* What scrolls can be scrolled by keyboard. */
  for (const region of document.querySelectorAll(".inline-group, .results")) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
  }

  nameLists();
  new MutationObserver(() => {
    nameLists();
    nameOpenSearch();
  }).observe(document.body, { childList: true, subtree: true });
});
