/* Offers tags that the text speaks of, under their field. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("[data-suggest-url]");
  if (!field) return;
  const form = field.form;
  const region = document.createElement("div");
  region.className = "help tag-offers";
  region.setAttribute("aria-live", "polite");
  (field.closest(".flex-container") || field).after(region);

  /* The editor keeps its field up to date with HTML. */
  const plain = (html) => new DOMParser().parseFromString(html.replaceAll("<", " <"), "text/html").body.textContent;
  const read = (...names) => {
    const fields = names.flatMap((name) => [...form.querySelectorAll(`[name^="${name}_"]`)]);
    return fields.map((each) => plain(each.value)).join("\n").slice(0, 60000);
  };

  const add = (button) => {
    const next = button.nextElementSibling || button.previousElementSibling;
    field.value = [field.value.replace(/[\s,،;؛]+$/, ""), button.value].filter(Boolean).join("، ");
    button.remove();
    (next && next.matches("button") ? next : field).focus();
    if (!region.querySelector("button")) region.replaceChildren();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.value = button.textContent = name;
    button.dir = "auto";
    button.addEventListener("click", () => add(button));
    return button;
  };

  const show = (names) => {
    const buttons = [...region.querySelectorAll("button")];
    if (region.contains(document.activeElement)) {
      /* Whoever is choosing keeps their place. */
      buttons.filter((each) => !names.includes(each.value) && each !== document.activeElement).forEach((each) => each.remove());
      region.append(...names.filter((name) => !buttons.some((each) => each.value === name)).map(offer));
    } else if (names.join() !== buttons.map((each) => each.value).join()) {
      const label = document.createElement("span");
      label.textContent = field.dataset.suggestLabel;
      region.replaceChildren(...(names.length ? [label, ...names.map(offer)] : []));
    }
  };

  let timer, last;
  const ask = async () => {
    const body = JSON.stringify({ title: read("title", "kicker"), text: read("summary", "body"), field: field.value });
    if (body === last) return;
    last = body;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": form.csrfmiddlewaretoken.value };
    try {
      const response = await fetch(field.dataset.suggestUrl, { method: "POST", headers, body });
      const { tags } = await response.json();
      if (response.ok && body === last) show(tags);
    } catch {
      /* No network, no offers. */
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 700);
  });
  if (read("title", "body").trim()) ask();
});
