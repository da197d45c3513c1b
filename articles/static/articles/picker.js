/* The library to choose from: searched and paged without leaving it, in a window or in a dialogue. */
"use strict";
(() => {
  /* Makes `picker` work; `onChoose(picture)` hears what was chosen. Gives the function that takes files. */
  window.picturePicker = (picker, onChoose) => {
    const results = picker.querySelector("[data-results]");
    const form = picker.querySelector(".picker__search");
    const told = picker.querySelector(".picker__said");

    const load = async (address, appended) => {
      const asked = new URL(address, location.href);
      asked.searchParams.set("part", "1");
      const response = await fetch(asked).catch(() => null);
      if (!response?.ok) return location.assign(address);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("[data-results]");
      const first = found.querySelector(".picker__item");
      if (!appended) results.replaceChildren(...found.childNodes);
      else {
        results.querySelector(".picker__grid").append(...found.querySelectorAll(".picker__grid > li"));
        results.querySelector(".picker__more").replaceWith(...found.querySelectorAll(".picker__more"));
        first?.focus();
      }
      told.textContent = found.querySelector(".picker__none")?.textContent || "";
      return undefined;
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      load(`${form.action}?${new URLSearchParams(new FormData(form))}`);
    });
    results.addEventListener("click", (event) => {
      const item = event.target.closest(".picker__item");
      const more = event.target.closest(".picker__more a");
      if (item) onChoose({ ...item.dataset });
      if (more) {
        event.preventDefault();
        load(more.href, true);
      }
    });
    const zone = picker.querySelector(".upload");
    return zone ? window.pictureUploads(zone, onChoose) : null;
  };

  /* In a window of its own, the editor that opened it is told in the way it asked for. */
  document.addEventListener("DOMContentLoaded", () => {
    const picker = document.querySelector("#content .picker");
    if (!picker) return;
    window.picturePicker(picker, (picture) => {
      const tools = window.opener?.CKEDITOR?.tools;
      if (!tools) {
        picker.querySelector(".picker__said").textContent = picker.dataset.sayAlone;
        return;
      }
      const told = { alternative_text: picture.alt, caption: picture.caption };
      tools.callFunction(picker.dataset.function, picture.address, told);
      window.close();
    });
    picker.querySelector("[type=search]").focus();
  });
})();
