/* The focal point, set on the picture itself by click or by arrow keys; the numbers in the form stay in step. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const section = document.querySelector("[data-focus]");
  if (!section) return;
  const point = section.querySelector(".focus__point");
  const image = section.querySelector(".focus__image");
  const fields = [document.getElementById("id_focus_x"), document.getElementById("id_focus_y")];
  const stored = [...section.querySelectorAll("[data-shape]")];
  const size = [Number(section.dataset.width), Number(section.dataset.height)];
  const within = (number) => Math.min(100, Math.max(0, Math.round(Number(number) || 0)));
  const shown = (name) => document.querySelector(`.field-${name} .readonly`)?.textContent;
  const at = () => (fields[0] ? fields.map((field) => field.value) : [shown("focus_x"), shown("focus_y")]).map(within);

  /* As articles/renditions.py cuts: the largest part of the shape, round the point as far as it goes. */
  const offset = (whole, part, percent) => {
    const room = whole - part;
    return room <= 0 ? 50 : (Math.min(Math.max(0, (whole * percent) / 100 - part / 2), room) / room) * 100;
  };
  const draw = () => {
    const [x, y] = at();
    for (const crop of stored) {
      const [wide, high] = crop.dataset.shape.split("/").map(Number);
      const part = [Math.min(size[0], (size[1] * wide) / high), Math.min(size[1], (size[0] * high) / wide)];
      const picture = crop.querySelector("img");
      picture.style.objectPosition = `${offset(size[0], part[0], x)}% ${offset(size[1], part[1], y)}%`;
    }
    if (!point) return;
    point.style.insetInlineStart = `${x}%`;
    point.style.insetBlockStart = `${y}%`;
  };
  const say = () => {
    const [x, y] = at();
    const told = section.querySelector("#focus-at");
    told.textContent = told.dataset.say.replace("{x}", `${x} %`).replace("{y}", `${y} %`);
  };
  const move = (x, y) => {
    [x, y].forEach((number, place) => {
      fields[place].value = within(number);
      fields[place].dispatchEvent(new Event("input", { bubbles: true }));
    });
    say();
  };

  for (const crop of stored) crop.querySelector("img").src = section.dataset.address;
  draw();
  if (!point || !fields[0]) return;
  point.hidden = false;
  fields.forEach((field) => field.addEventListener("input", draw));
  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    move(((event.clientX - box.x) / box.width) * 100, ((event.clientY - box.y) / box.height) * 100);
    point.focus();
  });
  point.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    const [x, y] = at();
    move(x + way[0], y + way[1]);
  });
});
