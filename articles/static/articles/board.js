/* The front page board without waiting for pages: the same forms to the same address, and places moved
   by drag or by keyboard. Without this script each button loads the board anew. */
"use strict";

(() => {
  const board = document.getElementById("board");
  if (!board) return;

  const page = document.getElementById("board-page");
  const found = document.getElementById("board-found");
  const live = document.getElementById("board-live");
  const search = document.getElementById("board-search");
  const words = board.dataset;
  let isBusy = false;
  let taken = null; // the card in hand: {card, home, before, isByKey}
  let asked = 0;

  function say(text, level = "") {
    live.textContent = text;
    live.className = `board-live${level ? ` is-${level}` : ""}`;
  }

  // Another after each login
  const token = () => /csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const newAct = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_match, name) => values[name]);
  const list = (block) => block.querySelector(".board-places");
  const blocks = () => [...page.querySelectorAll("[data-block]")];
  const blockOf = (card) => card.closest("[data-block]");

  /* Requests, one at a time */

  async function send(fields, focus) {
    if (isBusy) return;
    isBusy = true;
    board.ariaBusy = "true";
    try {
      const response = await fetch(words.act, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        redirect: "error",
      });
      if (!response.ok) throw new Error(response.status);
      const answer = await response.json();
      page.innerHTML = answer.html;
      dress();
      say(answer.sentence, answer.level);
      if (search.value) await find();
    } catch {
      say(words.failed, "error");
      putBack();
    }
    taken = null;
    isBusy = false;
    board.ariaBusy = "false";
    focusOn(focus);
  }

  function focusOn({ article, value, id } = {}) {
    const card = article && page.querySelector(`[data-article="${article}"]`);
    const place = card || (id && document.getElementById(id));
    if (!place) return;
    const same = value && place.querySelector(`button[value="${value}"]:not(:disabled)`);
    const other = place.querySelector(".board-grab:not([hidden]), button:not([hidden], :disabled)");
    (same || other)?.focus();
  }

  board.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target.method !== "post") return;
    event.preventDefault();
    const card = event.target.closest("[data-article]");
    const fields = new URLSearchParams(new FormData(event.target, button));
    fields.delete("csrfmiddlewaretoken");
    send(fields, {
      article: card?.dataset.article,
      value: button?.value,
      id: blockOf(event.target)?.id,
    });
  });

  /* Search while someone types */

  async function find() {
    const number = ++asked;
    try {
      const response = await fetch(`${words.found}?${new URLSearchParams({ q: search.value })}`, { redirect: "error" });
      if (!response.ok || number !== asked) return;
      found.innerHTML = await response.text();
      dress();
      if (document.activeElement === search) say(found.querySelector("h2")?.textContent ?? "");
    } catch {
      say(words.failed, "error");
    }
  }

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, 300);
  });

  /* A card in hand */

  function take(card, isByKey) {
    taken = { card, home: card.parentElement, before: card.nextElementSibling, isByKey };
    card.classList.add(isByKey ? "is-grabbed" : "is-dragged");
  }

  function putBack() {
    if (!taken) return;
    taken.card.classList.remove("is-grabbed", "is-dragged");
    taken.card.querySelector(".board-grab")?.setAttribute("aria-pressed", "false");
    taken.home.insertBefore(taken.card, taken.before);
  }

  function putDown() {
    const { card, home, before } = taken;
    const block = blockOf(card);
    card.classList.remove("is-grabbed", "is-dragged");
    card.querySelector(".board-grab")?.setAttribute("aria-pressed", "false");
    if (!block || (card.parentElement === home && card.nextElementSibling === before)) {
      taken = null;
      return;
    }
    const fields = new URLSearchParams({
      act: newAct(),
      do: card.dataset.slot ? "move" : "place",
      block: block.dataset.block,
      position: [...card.parentElement.children].indexOf(card),
      article: card.dataset.article,
      seen: block.dataset.seen,
    });
    if (card.dataset.slot) fields.set("slot", card.dataset.slot);
    const from = home.closest("[data-block]");
    if (from && from !== block) fields.append("seen", from.dataset.seen);
    send(fields, { article: card.dataset.article });
  }

  function tellPlace(card) {
    const number = [...card.parentElement.children].indexOf(card) + 1;
    say(fill(words.at, { title: card.dataset.title, block: blockOf(card).dataset.name, number }));
  }

  function shift(card, step) {
    const other = step < 0 ? card.previousElementSibling : card.nextElementSibling;
    const isInPlaces = card.parentElement.matches(".board-places");
    if (other && isInPlaces) {
      if (step < 0) other.before(card);
      else other.after(card);
    } else {
      const all = blocks();
      const next = all[all.indexOf(blockOf(card)) + step];
      if (!next) return;
      if (step < 0) list(next).append(card);
      else list(next).prepend(card);
    }
    card.querySelector(".board-grab").focus();
    tellPlace(card);
  }

  page.addEventListener("click", (event) => {
    const grab = event.target.closest(".board-grab");
    if (!grab || isBusy) return;
    const card = grab.closest("[data-article]");
    if (taken?.card === card) return putDown();
    if (taken) putBack();
    take(card, true);
    grab.setAttribute("aria-pressed", "true");
    say(fill(words.grabbed, { title: card.dataset.title }));
  });

  page.addEventListener("keydown", (event) => {
    if (!taken?.isByKey) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      shift(taken.card, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Escape") {
      const { card } = taken;
      putBack();
      taken = null;
      card.querySelector(".board-grab").focus();
      say(fill(words.back, { title: card.dataset.title }));
    }
  });

  /* Drag */

  board.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-article]");
    if (!card || isBusy) return;
    if (taken) putBack();
    take(card, false);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.title);
  });

  page.addEventListener("dragover", (event) => {
    const block = taken && event.target.closest("[data-block]");
    if (!block) return;
    event.preventDefault();
    const over = event.target.closest(".board-places > [data-article]");
    if (over === taken.card) return;
    if (!over) {
      if (!list(block).contains(taken.card)) list(block).append(taken.card);
      return;
    }
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(taken.card);
    else over.after(taken.card);
  });

  page.addEventListener("drop", (event) => {
    if (!taken) return;
    event.preventDefault();
    putDown();
  });

  board.addEventListener("dragend", () => {
    if (!taken || isBusy) return;
    putBack();
    taken = null;
  });

  function dress() {
    for (const card of board.querySelectorAll("[data-article]")) card.draggable = true;
    for (const grab of board.querySelectorAll(".board-grab")) grab.hidden = false;
  }

  dress();
})();
