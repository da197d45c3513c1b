/* The desk by keyboard. Without this script the same form does the same, a page at a time. */
"use strict";

(() => {
  const form = document.getElementById("desk");
  if (!form) return;

  const STORE = 20; // cards shown, and as many kept behind them
  const LEASE = 60_000; // of its 90 seconds
  const NEWS = 30_000;
  const words = form.dataset;
  const list = document.getElementById("desk-cards");
  const live = document.getElementById("desk-live");
  const help = document.getElementById("desk-help");
  const part = document.getElementById("desk-part");
  const empty = form.querySelector(".desk-empty");
  const acts = []; // to be taken back
  const jobs = []; // to be sent
  const leases = new Map(); // when each card was asked for
  let open = null;
  let last = list.lastElementChild?.dataset.place ?? "";
  let isLoading = false;
  let isAtEnd = list.children.length < STORE;

  const say = (text) => { live.textContent = text; };
  // Another after each login
  const token = () => /csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const picked = () => [...list.querySelectorAll("[name=pick]:checked")].map((box) => box.closest("article"));
  const get = (url, query) => fetch(`${url}?${new URLSearchParams(query)}`, { redirect: "error" });
  const post = (url, fields) => fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    redirect: "manual",
  });

  function newAct() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* Cards */

  function read(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    return [...box.content.querySelectorAll("article")];
  }

  function show(card) {
    open?.classList.remove("is-open");
    closeCauses();
    open = card;
    empty.hidden = Boolean(card);
    if (!card) return;
    card.classList.add("is-open");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    lease(card);
    if (card.nextElementSibling) lease(card.nextElementSibling);
  }

  function neighbour(card, step) {
    const side = step > 0 ? "nextElementSibling" : "previousElementSibling";
    let other = card?.[side];
    while (other?.classList.contains("is-read")) other = other[side];
    return other;
  }

  function leave(cards) {
    const rest = [...list.children].filter((card) => !cards.includes(card));
    const isLeaving = !open || cards.includes(open);
    let next = open;
    while (isLeaving && next && cards.includes(next)) next = neighbour(next, 1);
    next = isLeaving ? next ?? rest.at(-1) ?? null : open;
    cards.forEach((card) => card.remove());
    show(next);
    stock();
  }

  function bring(card, note, isAsked) {
    if (!card) return;
    const old = document.getElementById(card.id);
    if (old) old.replaceWith(card);
    else if (open && !isAsked) open.after(card);
    else list.insertBefore(card, open);
    if (note) tell(card, note);
    if (isAsked || !open || old === open) show(card);
  }

  function tell(card, sentence) {
    const note = card.querySelector(".desk-note") ?? document.createElement("p");
    note.className = "desk-note";
    note.textContent = sentence;
    card.prepend(note);
  }

  async function stock() {
    if (isLoading || isAtEnd || list.children.length >= 2 * STORE) return;
    isLoading = true;
    const response = await get(words.cards, { queue: words.queue, after: last }).catch(() => null);
    if (response?.ok) add(await response.text());
    else setTimeout(stock, 2_000);
    isLoading = false;
  }

  function add(html) {
    const cards = read(html);
    isAtEnd = cards.length < STORE;
    last = cards.at(-1)?.dataset.place ?? last;
    list.append(...cards.filter((card) => !document.getElementById(card.id)));
    if (!open && list.firstElementChild) show(list.firstElementChild);
  }

  /* Requests, one after the other */

  function send(url, fields, done, fail) {
    jobs.push({ url, fields, done, fail });
    if (jobs.length === 1) drain();
  }

  async function drain() {
    form.ariaBusy = "true";
    let delay = 500;
    while (jobs.length) {
      const isDone = await isAnswered(jobs[0]);
      form.classList.toggle("is-failing", !isDone);
      if (isDone) {
        jobs.shift();
        delay = 500;
      } else {
        await new Promise((resolve) => setTimeout(resolve, delay));
        delay = Math.min(2 * delay, 30_000);
      }
    }
    form.ariaBusy = "false";
  }

  async function isAnswered(job) {
    const response = await post(job.url, job.fields).catch(() => null);
    const isLoggedOut = response?.type === "opaqueredirect" || response?.status === 403;
    if (!response || isLoggedOut || response.status >= 500) {
      say(isLoggedOut ? words.login : words.saving);
      return false;
    }
    if (response.ok) job.done(await response.json());
    else job.fail();
    return true;
  }

  /* Decisions */

  function decide(order, cards) {
    const [to, scope, key, cause] = order.split(":");
    const several = scope === "picked" || scope === "visible";
    const act = newAct();
    const reason = cause ?? (to === "reject" && several ? form.elements.cause?.value : "") ?? "";
    const fields = [["act", act], ["do", `${to}:${scope === "alike" ? `alike:${key}` : "picked"}${reason ? `:${reason}` : ""}`]];
    for (const card of cards) {
      const key = card.dataset.card;
      fields.push(["pick", key], [`seen-${key}`, card.querySelector(`[name="seen-${key}"]`).value]);
      if (card.querySelector("[name=answers]")?.checked) fields.push(["answers", key]);
    }
    acts.push(act);
    leave(cards);
    send(form.action, fields, answered, () => {
      acts.splice(acts.indexOf(act), 1);
      cards.forEach((card) => bring(card, words.refused));
      say(words.refused);
    });
  }

  function answered({ sentence, told }, isAsked) {
    for (const row of told) bring(read(row.card)[0], row.sentence, isAsked);
    say([sentence, ...told.map((row) => row.sentence)].filter(Boolean).join(" "));
  }

  function undo() {
    send(words.undo, { act: acts.pop() ?? "" }, (told) => answered(told, true), () => say(words.refused));
  }

  function lease(card) {
    const now = Date.now();
    if (now - (leases.get(card) ?? 0) < LEASE) return;
    leases.set(card, now);
    post(words.lease, { pk: card.dataset.card })
      .then((response) => response.json())
      .then(({ mine, by }) => {
        card.classList.toggle("is-read", !mine && Boolean(by));
        if (!mine && by) tell(card, `${words.reading} (${by})`);
      })
      .catch(() => leases.delete(card));
  }

  async function openPart(link) {
    try {
      const response = await get(link.href, { part: "" });
      if (!response.ok) throw new Error(response.status);
      part.innerHTML = await response.text();
      part.showModal();
      part.querySelector("textarea, [type=checkbox]")?.focus();
    } catch {
      say(words.refused);
    }
  }

  async function sendPart(event) {
    event.preventDefault();
    const fields = new FormData(event.target);
    try {
      const response = await post(event.target.action, fields);
      const isPage = response.headers.get("Content-Type").startsWith("text/html");
      if (isPage && (response.ok || response.status === 422)) part.innerHTML = await response.text();
      else if (response.ok) partDone(await response.json(), fields.get("act"));
      else throw new Error(response.status);
    } catch {
      tell(part, words.refused);
    }
  }

  function partDone({ sentence, pk, card }, act) {
    part.close();
    if (act) acts.push(act);
    const old = document.getElementById(`comment-${pk}`);
    if (card) bring(read(card)[0]);
    else if (old) leave([old]);
    say(sentence);
  }

  /* Keys, by their place on the keyboard: the same ones on an Arabic layout */

  const causes = () => open?.querySelector(".desk-causes");
  const closeCauses = () => causes()?.removeAttribute("open");

  function press(button) {
    const scope = button.value.split(":")[1];
    const shown = [...list.children].slice(0, STORE);
    const cards = { picked: picked(), visible: shown }[scope] ?? [button.closest("article")];
    if (cards.length) decide(button.value, cards);
  }

  function key(event) {
    const code = event.code.replace("Numpad", "Digit");
    if (code === "KeyZ") return undo();
    if (!open) return undefined;
    if (causes()?.open) return keyOfCauses(code);
    if (code === "KeyJ") return show(neighbour(open, 1) ?? open);
    if (code === "KeyK") return show(neighbour(open, -1) ?? open);
    if (code === "KeyD") return openCauses();
    if (code === "KeyX") return open.querySelector("[name=pick]").click();
    return use(open.querySelector(`[data-key="${code}"]:not(.desk-causes *)`));
  }

  function keyOfCauses(code) {
    const answers = open.querySelector("[name=answers]");
    if (code === "Escape") return closeCauses();
    if (code === "KeyA" && answers) return answers.click();
    const named = code === "KeyD" ? "Digit0" : code;
    return use(causes().querySelector(`[data-key="${named}"]`));
  }

  function openCauses() {
    causes().open = true;
    causes().scrollIntoView({ block: "nearest" });
  }

  function use(control) {
    if (!control) return;
    if (control.value && picked().length) decide(control.value.replace(/:\w+:\d+/, ":picked:"), picked());
    else if (control.value) control.click();
    else if ("part" in control.dataset) openPart(control);
    else control.click();
  }

  const isTyping = (target) => target.closest("textarea, select, [contenteditable], input:not([type=checkbox])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (isTyping(event.target) || help.open || part.open) return;
    if (event.key === "?" || event.key === "؟") help.showModal();
    else if (!event.shiftKey && /^(Key|Digit|Numpad|Escape)/.test(event.code)) key(event);
  });

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    const scope = button?.value.split(":")[1];
    const isWide = /sender|article/.test(scope) || (scope === "alike" && button.closest("article").dataset.alike > 50);
    if (isWide && !jobs.length) {
      form.elements.act.value = newAct();
      return; // a page that may ask for the count
    }
    event.preventDefault();
    if (isWide) setTimeout(() => form.requestSubmit(button), 300);
    else if (button) press(button);
  });

  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-part]");
    const card = event.target.closest("article");
    if (card && card !== open && !event.target.closest("button, a, summary, input, label")) show(card);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openPart(link);
  });

  part.addEventListener("submit", sendPart);
  part.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    part.close();
  });
  window.addEventListener("beforeunload", (event) => { if (jobs.length) event.preventDefault(); });

  async function hear() {
    if (document.hidden) return;
    try {
      const news = await (await get(words.news, { queue: words.queue, since: words.since })).json();
      const bar = document.querySelector(".desk-new");
      bar.hidden = !news.new;
      bar.firstElementChild.textContent = news.sentence;
      for (const [queue, count] of Object.entries(news.queues)) {
        document.querySelector(`[data-queue="${queue}"] b`).textContent = count;
      }
    } catch {}
  }

  setInterval(hear, NEWS);
  setInterval(() => open && lease(open), LEASE / 4);
  if (list.firstElementChild) show(list.firstElementChild);
  stock();
})();
