// The words of the button that publishes follow the time in the form; an address is copied by a button.
"use strict";

(() => {
  const DAY = /^(\d{4})-(\d{2})-(\d{2})$|^(\d{2})\/(\d{2})\/(\d{4})$/;

  /** What stands in the two fields of a time: {date, clock}, null where it is not whole. */
  function typed(date, clock) {
    const found = DAY.exec(date.value.trim());
    const time = /^(\d{1,2}):(\d{2})/.exec(clock.value.trim());
    if (!found || !time) {
      return null;
    }
    const [year, month, day] = found[1] ? [found[1], found[2], found[3]] : [found[6], found[5], found[4]];
    return { date: `${year}-${month}-${day}`, clock: `${time[1].padStart(2, "0")}:${time[2]}` };
  }

  /** The newsroom's clock now, as text that compares with what is typed; `clock` is what it showed when the page came. */
  function now(clock) {
    const then = Date.parse(`${clock.replace(" ", "T")}:00Z`);
    return new Date(then + performance.now()).toISOString().slice(0, 16).replace("T", " ");
  }

  function followTime(button) {
    const date = document.getElementById("id_published_at_0");
    const clock = document.getElementById("id_published_at_1");
    if (!date || !clock) {
      return;
    }
    const shown = `${date.value} ${clock.value}`;
    const words = button.value;
    const tell = () => {
      const at = typed(date, clock);
      if (`${date.value} ${clock.value}` === shown) {
        button.value = words;
      } else if (!date.value.trim() && !clock.value.trim()) {
        button.value = gettext("Publish now");
      } else if (!at) {
        button.value = gettext("Publish");
      } else {
        const sentence = `${at.date} ${at.clock}` > now(button.closest("[data-clock]").dataset.clock)
          ? gettext("Schedule for %(time)s") : gettext("Publish, dated %(time)s");
        const day = at.date.split("-").reverse().join("/");
        button.value = interpolate(sentence, { time: `\u2066${day} ${at.clock}\u2069` }, true);
      }
    };
    for (const field of [date, clock]) {
      field.addEventListener("input", tell);
      field.addEventListener("change", tell);
    }
    // Django's calendar writes into the fields without an event.
    document.addEventListener("click", () => setTimeout(tell));
  }

  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    field.focus();
    field.select();
    let done;
    try {
      await navigator.clipboard.writeText(field.value);
      done = true;
    } catch {
      done = document.execCommand("copy");
    }
    document.querySelector("[data-copied]").textContent = done
      ? gettext("Copied.") : gettext("It could not be copied. The address is marked: copy it by hand.");
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[name=_step_publish]").forEach(followTime);
    document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", () => copy(button)));
  });
})();
