/* Names for what Django's own widgets leave without one, so that a screen reader can say it. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const text = (element) => (element ? element.textContent.trim().replace(/:$/, "") : "");

  /* A list that completes what is typed stands in the place of a select, and takes its label. */
  const nameLists = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = select.nextElementSibling;
      const name = select.getAttribute("aria-label") || text(select.labels[0]);
      if (!name || !box || box.dataset.named) continue;
      box.dataset.named = "yes";
      for (const part of box.querySelectorAll(".select2-selection, .select2-search__field, [role=textbox]")) {
        part.setAttribute("aria-label", name);
      }
      /* Without a choice it is an empty list, which has to hold items. */
      for (const list of box.querySelectorAll("ul.select2-selection__rendered")) list.setAttribute("role", "presentation");
    }
  };
  const nameOpenSearch = () => {
    const open = document.querySelector(".select2-container--open .select2-selection");
    const field = document.querySelector(".select2-dropdown .select2-search__field");
    if (open && field) field.setAttribute("aria-label", open.getAttribute("aria-label") || "");
  };

  /* Fields in the rows of a list are called as their columns. */
  const table = document.getElementById("result_list");
  if (table) {
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
