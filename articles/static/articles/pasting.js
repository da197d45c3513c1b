/* Has what is pasted cleaned by the server, puts it in, and says below the field what was changed.
   Without the server the plain text goes in as it is, and the line says so. */
"use strict";
(() => {
  const WAIT = 5000;
  const editors = new WeakMap();
  const notes = new WeakMap();
  const isLink = (text) => /^\s*https?:\/\/\S+\s*$/i.test(text);

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  /* The line below a field; made before it speaks, or a screen reader would not read it out. */
  const noteOf = (field) => {
    if (!notes.has(field)) {
      const note = make("div", "", "help paste-note");
      note.setAttribute("role", "status");
      (field.closest(".prose-editor") || field.closest(".flex-container") || field).after(note);
      notes.set(field, note);
    }
    return notes.get(field);
  };

  const details = (changes) => {
    const box = make("details");
    const list = make("ul");
    box.append(make("summary", gettext("Details")), list);
    for (const { label, examples } of changes) {
      const item = make("li", label);
      for (const [before, after] of examples) {
        const sample = make("span", "", "paste-note__sample");
        const old = make("del", before);
        const young = make("ins", after);
        old.dir = young.dir = "auto";
        sample.append(old, " ", young);
        item.append(" ", sample);
      }
      list.append(item);
    }
    return box;
  };

  const tell = (field, answer, undo) => {
    const note = noteOf(field);
    note.replaceChildren();
    if (!answer.summary) return;
    const button = make("button", gettext("Undo the cleaning"));
    button.type = "button";
    button.addEventListener("click", () => {
      undo();
      note.replaceChildren(make("span", gettext("The text is as it was pasted.")));
    });
    note.append(make("span", answer.summary), " ", button, details(answer.changes));
  };

  const ask = async (field, asked) => {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": field.form.csrfmiddlewaretoken.value };
    const body = JSON.stringify({ ...asked, language: field.lang });
    const signal = AbortSignal.timeout(WAIT);
    try {
      const response = await fetch(field.dataset.pasteUrl, { method: "POST", headers, body, signal });
      if (response.redirected) throw new Error("no longer logged in");
      const answer = await response.json();
      return response.ok ? answer : { error: answer.error };
    } catch {
      return { error: gettext("The server did not answer.") };
    }
  };

  const refuse = (field, error) => {
    const sentence = gettext("The text was pasted without its formatting and was not cleaned:");
    noteOf(field).replaceChildren(make("span", `${sentence} ${error}`));
  };

  /* A plain field */

  const put = (field, text, start, end) => {
    field.focus();
    field.setSelectionRange(start, end);
    /* Unlike setRangeText, this can be undone with the keyboard. */
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const pasteText = async (field, text) => {
    const line = (words) => (field.tagName === "INPUT" ? words.replace(/\s*\n\s*/g, " ") : words);
    const { value, selectionStart, selectionEnd } = field;
    const answer = await ask(field, { text, rich: false });
    const untouched = field.value === value;
    const start = untouched ? selectionStart : field.selectionStart;
    const content = line(answer.error ? text : answer.content);
    put(field, content, start, untouched ? selectionEnd : field.selectionEnd);
    if (answer.error) return refuse(field, answer.error);
    const after = field.value;
    /* Where more was typed since, the cleaned words are looked for where they were put. */
    const undo = () => {
      const place = field.value === after ? start : field.value.indexOf(content);
      if (place >= 0) put(field, line(text), place, place + content.length);
    };
    tell(field, answer, undo);
  };

  /* The writing surface */

  /* A place in the document that moves along while someone writes. */
  const follow = (editor, from, to) => {
    const place = { from, to };
    editor.on("transaction", ({ transaction }) => {
      place.from = transaction.mapping.map(place.from, -1);
      place.to = transaction.mapping.map(place.to, 1);
    });
    return place;
  };

  /* What was pasted, without what would load something or dress the text: even a parser that shows
     nothing asks the policy about styles. */
  const raw = (html) => {
    const bare = html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
    const parsed = new DOMParser().parseFromString(bare, "text/html");
    for (const each of parsed.querySelectorAll("img, script, link, meta, title")) each.remove();
    return parsed.body.innerHTML;
  };

  const insert = (editor, place, content, isHtml) => {
    editor.chain().focus().setTextSelection({ from: place.from, to: place.to }).run();
    const { from } = editor.state.selection;
    if (isHtml) editor.view.pasteHTML(content);
    else editor.view.pasteText(content);
    return follow(editor, from, editor.state.selection.to);
  };

  const pasteRich = async (field, editor, text, html) => {
    const { from, to } = editor.state.selection;
    const place = follow(editor, from, to);
    const answer = await ask(field, { text, html, rich: true });
    if (answer.error) {
      insert(editor, place, text, false);
      return refuse(field, answer.error);
    }
    const put = insert(editor, place, answer.content, true);
    tell(field, answer, () => insert(editor, put, html ? raw(html) : text, Boolean(html)));
  };

  /* Before the surface sees it itself. Its own pieces and a bare address it takes as they are. */
  const take = (event) => {
    const surface = event.target.closest?.(".prose-editor");
    const field = surface ? surface.querySelector("textarea") : event.target;
    if (!field?.dataset?.pasteUrl || field.readOnly || event.target.closest("dialog")) return;
    const text = event.clipboardData.getData("text/plain");
    const html = surface ? event.clipboardData.getData("text/html") : "";
    if ((!text && !html) || html.includes("data-pm-slice") || isLink(text)) return;
    if (surface && !editors.has(field)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (surface) pasteRich(field, editors.get(field), text, html);
    else pasteText(field, text);
  };

  document.addEventListener("prose-editor:ready", (event) => editors.set(event.detail.textarea, event.detail.editor));
  document.addEventListener("paste", take, true);
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-paste-url]").forEach(noteOf));
})();
