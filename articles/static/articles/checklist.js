/* Sizes and address of each language, and what is still missing: the server says them. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const stored = document.getElementById("writing-facts");
  if (!stored) return;
  const section = document.querySelector(".checklist");
  const list = section.querySelector(".checklist__findings");
  const clean = section.querySelector(".checklist__clean");

  const lines = {};
  for (const panel of document.querySelectorAll("fieldset.language")) {
    const code = [...panel.classList].find((name) => name.startsWith("language-")).slice(9);
    const line = document.createElement("p");
    line.className = "language-facts";
    panel.append(line);
    lines[code] = line;
  }
  const tell = (line, fact) => {
    const parts = fact.measures.map((words) => {
      const part = document.createElement("span");
      part.textContent = words;
      return part;
    });
    if (fact.address) {
      const address = document.createElement("bdi");
      address.className = "language-facts__address";
      address.title = gettext("The address as it will be");
      address.textContent = fact.address;
      parts.push(address);
    }
    line.replaceChildren(...parts);
  };

  const item = (finding) => {
    const entry = document.createElement("li");
    const button = document.createElement("button");
    entry.className = finding.stops ? "checklist__stop" : "checklist__hint";
    button.type = "button";
    const label = document.querySelector(`.field-${finding.field} label`);
    const where = label ? `${label.textContent.trim().replace(/:$/, "")}: ` : "";
    button.textContent = `${where}${finding.sentence}`;
    button.addEventListener("click", () =>
      document.dispatchEvent(new CustomEvent("writing:goto", { detail: finding.field })));
    entry.append(button);
    return entry;
  };

  let last = "";
  const show = (facts) => {
    for (const [code, fact] of Object.entries(facts.languages)) if (lines[code]) tell(lines[code], fact);
    const told = JSON.stringify(facts.findings);
    if (told === last) return; // whoever stands on a line keeps it
    last = told;
    const held = list.contains(document.activeElement) ? [...list.children].indexOf(document.activeElement.parentNode) : -1;
    list.replaceChildren(...facts.findings.map(item));
    clean.hidden = facts.findings.length > 0;
    section.hidden = false;
    if (held >= 0 && list.children.length) list.children[Math.min(held, list.children.length - 1)].firstChild.focus();
  };
  show(JSON.parse(stored.textContent));
  document.addEventListener("writing:facts", (event) => show(event.detail));
});
