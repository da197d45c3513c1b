/* Uploads pictures one after the other, tells how far each is, and asks what must be said of it. */
"use strict";
(() => {
  const HEAVIEST = 25 * 1024 * 1024;
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

  /* A file dropped beside the zone must not replace the page, and what was typed in it. */
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => holdsFiles(event) && event.preventDefault());
  }

  const read = (request) => {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return null;
    }
  };

  const send = (address, data, onProgress) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token());
    request.timeout = 600000;
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onload = () => resolve({ status: request.status, answer: read(request), out: request.responseURL.includes("/login/") });
    request.onerror = request.ontimeout = request.onabort = () => resolve({ lost: true });
    request.send(data);
  });

  const build = (zone, file, onChoose) => {
    const item = zone.querySelector("template").content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`.upload__${name}`);
    const say = (key, text) => {
      part("state").textContent = text || zone.dataset[key];
      item.dataset.state = key;
    };
    const tell = (text) => {
      zone.querySelector(".upload__said").textContent = `${file.name}: ${text}`;
    };
    part("file").textContent = file.name;
    say("sayWaiting");
    return { item, part, say, tell, onChoose };
  };

  const showStored = (zone, entry, picture) => {
    const { part, say, tell, onChoose } = entry;
    const thumb = part("thumb");
    thumb.src = picture.thumb;
    thumb.hidden = false;
    part("progress").remove();
    part("retry").hidden = true;
    say(picture.known ? "sayKnown" : "sayDone");
    tell(part("state").textContent);
    part("open").href = picture.form;
    part("open").hidden = false;
    if (onChoose) {
      part("choose").hidden = false;
      part("choose").onclick = () => onChoose(entry.picture);
    }
    entry.picture = picture;
    if (picture.changeable) askForWords(zone, entry);
  };

  const askForWords = (zone, { part, picture, ...entry }) => {
    const form = part("form");
    for (const name of ["alt", "credit", "caption"]) form.elements[name].value = picture[name];
    form.hidden = false;
    form.onsubmit = async (event) => {
      event.preventDefault();
      const result = await send(picture.words, new FormData(form));
      part("errors").textContent = "";
      if (result.status === 200 && result.answer?.id) {
        Object.assign(picture, result.answer);
        part("state").textContent = zone.dataset.saySaved;
        entry.tell(zone.dataset.saySaved);
      } else {
        const told = Object.values(result.answer?.errors || {}).join(" ");
        part("errors").textContent = told || zone.dataset.sayUnsaved;
      }
    };
  };

  const upload = async (zone, entry, file) => {
    const { part, say, tell } = entry;
    const fail = (key, text, again) => {
      say(key, text);
      tell(part("state").textContent);
      part("progress").hidden = true;
      part("retry").hidden = !again;
    };
    if (file.size > HEAVIEST) return fail("sayHeavy");
    part("progress").hidden = false;
    part("retry").hidden = true;
    say("saySending");
    const data = new FormData();
    data.append("file", file, file.name);
    const result = await send(zone.dataset.upload, data, (share) => {
      part("progress").value = Math.round(share * 100);
      if (share === 1) say("sayWorking");
    });
    if (result.lost) return fail("sayLost", "", true);
    if (result.out) return fail("sayOut", "", true);
    if (result.answer?.error) return fail("sayFailed", result.answer.error);
    if (!result.answer?.id) return fail("sayFailed", "", true);
    return showStored(zone, entry, result.answer);
  };

  /* Makes a zone take files; `onChoose(picture)` is offered for each that is stored. */
  window.pictureUploads = (zone, onChoose) => {
    let queue = Promise.resolve();
    const take = (files) => {
      for (const file of files) {
        const entry = build(zone, file, onChoose);
        zone.querySelector(".upload__list").prepend(entry.item);
        const start = () => {
          queue = queue.then(() => upload(zone, entry, file));
        };
        entry.part("retry").onclick = start;
        start();
      }
    };
    const input = zone.querySelector(".upload__files");
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
    window.pictureDrop(zone, take);
    return take;
  };

  /* Lets files be dropped on `target`. */
  window.pictureDrop = (target, take) => {
    const mark = (event, over) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      target.classList.toggle("is-over", over);
    };
    target.addEventListener("dragenter", (event) => mark(event, true));
    target.addEventListener("dragover", (event) => mark(event, true));
    target.addEventListener("dragleave", (event) => !target.contains(event.relatedTarget) && mark(event, false));
    target.addEventListener("drop", (event) => {
      mark(event, false);
      if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const zone of document.querySelectorAll(".upload")) {
      if (!zone.closest(".picker")) window.pictureUploads(zone);
    }
  });
})();
