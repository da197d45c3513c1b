/* The languages of the writing form as tabs. Without this script they stand below each other. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const panels = [...document.querySelectorAll("fieldset.language")];
  if (panels.length < 2) return;
  const list = document.createElement("div");
  list.className = "language-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", gettext("Languages"));

  const show = (chosen, focus) => {
    tabs.forEach((tab, place) => {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", on);
      tab.tabIndex = on ? 0 : -1;
      panels[place].hidden = !on;
    });
    if (focus) chosen.focus();
  };
  const mark = (kind, words) => {
    const element = document.createElement("span");
    element.className = `language-tabs__mark language-tabs__mark--${kind}`;
    element.title = words;
    const text = document.createElement("span");
    text.className = "visually-hidden";
    text.textContent = ` (${words})`;
    element.append(text);
    return element;
  };
  const tabs = panels.map((panel, place) => {
    const code = [...panel.classList].find((name) => name.startsWith("language-")).slice(9);
    const heading = panel.querySelector(".fieldset-heading");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${code}`;
    tab.textContent = heading.textContent;
    tab.setAttribute("role", "tab");
    panel.id = `panel-${code}`;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    heading.hidden = true;
    const written = mark("text", gettext("has a text"));
    const wrong = mark("error", gettext("has an error"));
    wrong.hidden = !panel.querySelector(".errorlist");
    tab.append(written, wrong);
    const look = () => {
      written.hidden = ![...panel.querySelectorAll("input[type=text], textarea")].some((field) =>
        field.value.replace(/<\/?(p|br)>/g, "").trim());
    };
    look();
    panel.addEventListener("input", look);
    panel.addEventListener("focusout", look);
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      const to = { ArrowRight: place + step, ArrowLeft: place - step, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(tabs[(to + tabs.length) % tabs.length], true);
    });
    return tab;
  });
  list.append(...tabs);
  panels[0].before(list);
  show(tabs.find((_tab, place) => panels[place].querySelector(".errorlist")) || tabs[0]);
  /* Whoever begins an article begins with its title. */
  const title = document.getElementById("id_title_ar");
  if (title && !title.value && !document.querySelector(".errornote, [data-lock-url]")) title.focus();
  /* Who is led to a field by its name finds it open. */
  document.addEventListener("writing:goto", (event) => {
    const row = document.querySelector(`.field-${event.detail}`);
    const place = panels.findIndex((panel) => panel.contains(row));
    if (place >= 0) show(tabs[place]);
    const target = row && (row.querySelector(".tiptap") || row.querySelector("input, textarea, select, [tabindex='0']"));
    if (target) target.focus();
  });
});
