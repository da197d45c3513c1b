/* Keeps on the server what stands in the writing form, from a second after it was typed, and says so.
   What the server did not take stays in this browser until it does. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const key = document.querySelector("[name=working_copy]");
  if (!key) return;
  const form = key.form;
  const status = form.querySelector(".writing-foot__status");
  const notices = form.querySelector(".writing-notices");
  const { keepUrl, lockUrl, unlockUrl, user } = key.dataset;
  const PAUSE = 800, LONGEST = 2500, RETRY = 4000, BEAT = 30000; // milliseconds
  const MOST_BYTES = 2 * 1024 * 1024;
  const OWN = `newsroom.unsaved.${user}.`;
  const place = `${OWN}${key.value}`;
  const LEFT_OUT = ["csrfmiddlewaretoken", "working_copy", "restored_from"];

  /* What stands in the form */
  const pairs = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !LEFT_OUT.includes(name));
  const replaces = () => (form.elements.restored_from ? form.elements.restored_from.value : "");
  const body = (fields) => JSON.stringify({ key: key.value, replaces: replaces() || null, fields: JSON.parse(fields) });
  const token = () => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (found) form.csrfmiddlewaretoken.value = found[1]; // another login changes it
    return form.csrfmiddlewaretoken.value;
  };
  const post = (url, text, more = {}) =>
    fetch(url, {
      method: "POST", redirect: "manual", body: text, signal: AbortSignal.timeout(20000),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() }, ...more,
    });

  let touched = false; // by a person: until then what changes is the editor getting ready
  let now = JSON.stringify(pairs()), kept = now;
  let changedAt = 0, firstAt = 0, failedAt = 0, sending = null, leaving = false;
  const held = "held" in key.dataset;
  const isDirty = () => now !== kept;

  /* Trouble is read aloud, and its end, and that the keeping works at all; the rest is there to be looked at. */
  let told = false;
  const say = (words, kind = "") => {
    const loud = kind === "problem" || (kind === "kept" && (!told || status.dataset.trouble === "yes"));
    if (kind === "kept") told = true;
    if (kind !== "waiting") status.dataset.trouble = kind === "problem" ? "yes" : "";
    status.setAttribute("aria-live", loud ? "polite" : "off");
    if (status.textContent !== words) status.textContent = words;
    status.dataset.kind = kind;
  };

  /* The second net: this browser */
  const store = (text) => {
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), url: keepUrl, text }));
    } catch {
      /* Full or forbidden; the server remains. */
    }
  };
  const forget = (name = place) => {
    try {
      localStorage.removeItem(name);
    } catch {
      /* Nothing was stored then. */
    }
  };
  const stored = () => {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith("newsroom.unsaved."));
    } catch {
      return [];
    }
  };

  const hold = (words) => {
    let notice = notices.querySelector(".writing-notice--held");
    if (!words) {
      if (notice) notice.remove();
      return;
    }
    if (notice && notice.firstElementChild.dataset.words === words) return;
    if (!notice) {
      notice = document.createElement("div");
      notice.className = "writing-notice writing-notice--held";
      notice.setAttribute("role", "alert");
      notices.prepend(notice);
    }
    const sentence = document.createElement("p");
    sentence.dataset.words = words;
    sentence.textContent = [words, gettext("Your text is kept. Before you save, talk to each other.")].join(" ");
    notice.replaceChildren(sentence);
  };

  const PROBLEMS = {
    0: gettext("Your session has ended. Log in in another window; your text is kept in this one."),
    403: gettext("Your session has ended. Log in in another window; your text is kept in this one."),
    404: gettext("This article is not yours to change any more. Your text is kept in this window."),
  };
  const refused = async (response) => {
    if (response.status === 413 || response.status === 400) {
      const told = await response.json().catch(() => ({}));
      return told.error || gettext("The server did not take the text. It is kept in this window.");
    }
    return PROBLEMS[response.status] || gettext("The server does not answer. Your text is kept in this window, and sent again.");
  };

  /* Gives an empty string when all is kept, and a sentence when it is not. */
  const send = async () => {
    const fields = now;
    const text = body(fields);
    let problem = "";
    try {
      if (new Blob([text]).size > MOST_BYTES) {
        problem = gettext("The text is too large to be kept: 2 MB at most. Split it, or take away what was pasted with it.");
      } else {
        const response = await post(keepUrl, text);
        if (response.ok) {
          const told = await response.json();
          kept = fields;
          forget();
          if (form.elements.restored_from) form.elements.restored_from.value = "";
          if (lockUrl) hold(told.held);
          document.dispatchEvent(new CustomEvent("writing:facts", { detail: told.facts }));
          if (!isDirty()) say(told.saved, "kept");
        } else {
          problem = await refused(response);
        }
      }
    } catch {
      problem = gettext("No connection. Your text is kept in this window, and sent as soon as there is one.");
    }
    if (problem) {
      failedAt = Date.now();
      store(text);
      say(problem, "problem");
    } else {
      failedAt = 0;
    }
    return problem;
  };
  const keep = () => (sending ||= send().finally(() => (sending = null)));

  const look = () => {
    if (leaving) return;
    const current = JSON.stringify(pairs());
    if (current !== now) {
      now = current;
      if (!touched) {
        kept = current;
        return;
      }
      changedAt = Date.now();
      firstAt ||= changedAt;
      if (!failedAt) say(gettext("Not saved yet"), "waiting");
    }
    if (!isDirty()) {
      firstAt = 0;
      return;
    }
    const time = Date.now();
    if (sending || (failedAt && time - failedAt < RETRY)) return;
    if (time - changedAt >= PAUSE || time - firstAt >= LONGEST) {
      firstAt = 0;
      keep();
    }
  };
  const touch = () => (touched = true);
  for (const kind of ["keydown", "pointerdown", "paste", "drop", "input"]) form.addEventListener(kind, touch, { capture: true });
  if (!held) setInterval(look, 400);

  /* A restored text, or one that was refused, is not saved either. */
  if ("unsaved" in key.dataset && !held) {
    touched = true;
    setTimeout(() => {
      kept = "";
      look();
    }, 500);
  }

  /* A press of a button goes on only when everything is kept: a text never leaves for a server that is away. */
  const go = (button) => {
    leaving = true;
    token();
    form.requestSubmit(button);
  };
  form.addEventListener("submit", (event) => {
    /* A preview opens beside the form, which stays. */
    if (leaving || held || event.submitter?.formTarget === "_blank") return;
    now = JSON.stringify(pairs());
    if (!sending && !isDirty()) {
      leaving = true;
      token();
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    const waitAndGo = async () => {
      await sending;
      if (!isDirty() || !(await keep())) go(button);
    };
    waitAndGo();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false; // back from a page that did not come
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && failedAt && isDirty()) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    if (leaving || held) return;
    now = JSON.stringify(pairs());
    if (touched && isDirty()) {
      const text = body(now);
      store(text);
      if (new Blob([text]).size < 60000) post(keepUrl, text, { keepalive: true, signal: undefined }).then((response) => response.ok && forget(), () => {});
    }
    if (unlockUrl) {
      const left = new FormData();
      left.append("csrfmiddlewaretoken", token());
      navigator.sendBeacon(unlockUrl, left);
    }
  });

  /* Who writes */
  const beat = async () => {
    if (leaving) return;
    try {
      const response = await post(lockUrl, "{}");
      if (!response.ok) return;
      const told = await response.json();
      if (!held) hold(told.held);
      else if (!told.held) location.reload(); // it is free now, and newer than this page
    } catch {
      /* The next beat tries again. */
    }
  };
  if (held) {
    for (const part of form.querySelectorAll("fieldset, .language-tabs, .inline-group, .writing-foot, .checklist")) part.inert = true;
    form.classList.add("is-held");
  }
  if (lockUrl) {
    beat();
    setInterval(beat, BEAT);
  }

  /* What an earlier window could not send */
  const offer = (told, sent) => {
    const notice = document.createElement("div");
    notice.className = "writing-notice";
    const words = document.createElement("p");
    words.textContent = gettext("This browser kept a text that the server had not received.");
    const link = document.createElement("a");
    link.className = "button";
    link.href = `?unsaved=${sent.key}`;
    link.textContent = gettext("Restore");
    notice.append(words, link);
    notices.append(notice);
  };
  const WEEK = 7 * 24 * 3600 * 1000;
  for (const name of stored()) {
    let found = {};
    try {
      found = JSON.parse(localStorage.getItem(name)) || {};
    } catch {
      /* Not ours. */
    }
    if (!found.text || Date.now() - found.at > WEEK) forget(name);
    else if (name.startsWith(OWN) && name !== place && found.url === keepUrl) {
      post(keepUrl, found.text).then(async (response) => {
        if (!response.ok) return;
        forget(name);
        offer(await response.json(), JSON.parse(found.text));
      }, () => {});
    }
  }
  const logout = document.getElementById("logout-form");
  if (logout) logout.addEventListener("submit", () => stored().forEach((name) => forget(name)));
});
