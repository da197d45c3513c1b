/* The comment form in place. It needs nothing of this: without it the browser posts the form. */
"use strict";
(() => {
  const PERSON = "comment-person";
  let form; // the one under the article, or the one that came back in its place
  let answered = null; // the link of the comment that is answered in place, and what was there before
  let isSending = false;
  let isRemembering = null;

  // Storage may be switched off or full: then nothing is kept.
  const keep = (store, key, text) => {
    try {
      if (text) window[store].setItem(key, text);
      else window[store].removeItem(key);
    } catch {}
  };
  const kept = (store, key) => {
    try {
      return JSON.parse(window[store].getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const field = (name) => form.elements.namedItem(name);
  const part = (selector) => form.querySelector(selector);
  const draft = () => `comment-draft:${form.getAttribute("action")}`;
  const say = (text) => (part("[role=status]").textContent = text);

  const prepare = (found) => {
    form = found;
    form.noValidate = true; // the server says what is wrong in the reader's language, beside the fields
    const text = field("text");
    text.value ||= kept("sessionStorage", draft()).text || "";
    text.after(make("p", { className: "comment-form__count", dir: "ltr" }));
    count();
    offerToRemember();
    text.addEventListener("input", count);
    form.addEventListener("submit", send);
  };

  const count = () => {
    const { value, maxLength } = field("text");
    const counter = part(".comment-form__count");
    counter.textContent = `${value.length} / ${maxLength}`;
    counter.classList.toggle("comment-form__count--near", value.length > maxLength * 0.9);
    keep("sessionStorage", draft(), value && JSON.stringify({ text: value }));
  };

  const offerToRemember = () => {
    const person = kept("localStorage", PERSON);
    isRemembering ??= Boolean(person.email);
    for (const name of ["name", "email"]) field(name).value ||= person[name] || "";
    const box = make("input", { type: "checkbox", id: "remember-me", checked: isRemembering });
    box.addEventListener("change", () => {
      isRemembering = box.checked;
      if (!isRemembering) keep("localStorage", PERSON, "");
    });
    const label = make("label", { className: "comment-form__remember" }, box, form.dataset.remember);
    part(".comment-form__send").before(label);
  };

  const send = async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    say(form.dataset.sending);
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.action, { method: "POST", body });
      show(response, new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      say(form.dataset.failed);
    }
    isSending = false;
  };

  const show = (response, page) => {
    const again = page.getElementById("comment-form");
    const heading = page.querySelector("#content h1");
    if (response.ok && response.redirected) acknowledge(response.url, heading, page.getElementById("content"));
    else if (again && response.status < 500) {
      form.replaceWith(again);
      prepare(again);
      part("[autofocus]").focus();
    } else say(heading ? heading.textContent : form.dataset.failed);
  };

  /* The receipt, as it stands on its own page, takes the place of the form. */
  const acknowledge = (address, heading, content) => {
    const person = { name: field("name").value, email: field("email").value };
    if (isRemembering) keep("localStorage", PERSON, JSON.stringify(person));
    keep("sessionStorage", draft(), "");
    const link = make("a", { href: address }, heading.textContent);
    const headline = make("h2", { className: "comment-form__heading", tabIndex: -1 }, link);
    heading.replaceWith(headline);
    form.replaceWith(make("div", { className: "receipt-in-place" }, ...content.children));
    headline.focus();
  };

  /* Answering under the comment, without leaving the page. */
  const address = (parent, name) => {
    field("parent").value = parent;
    const heading = part("[data-answering]");
    if (parent) heading.replaceChildren(`${heading.dataset.answering} `, make("bdi", {}, name));
    else heading.replaceChildren(heading.dataset.new);
    part("[data-cancel]").hidden = !parent;
  };

  const answer = (link) => {
    if (answered) cancel();
    const comment = link.closest("[data-comment]");
    const home = make("span", { hidden: true });
    answered = { link, home, parent: field("parent").value, name: part("[data-answering] bdi")?.textContent };
    form.before(home);
    link.parentElement.after(form);
    address(comment.dataset.comment, comment.querySelector(".comment__name").textContent);
    field("text").focus();
  };

  const cancel = () => {
    const { link, home, parent, name } = answered;
    answered = null;
    home.replaceWith(form);
    address(parent, name);
    link.focus();
  };

  const click = (event) => {
    if (!form.isConnected || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(".comment__answer, [data-cancel] a");
    if (!link || (!link.closest(".comment") && !answered)) return;
    event.preventDefault();
    if (link.matches(".comment__answer")) answer(link);
    else cancel();
  };

  const found = document.getElementById("comment-form");
  if (!found) return;
  prepare(found);
  document.addEventListener("click", click);
})();
