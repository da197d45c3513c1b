/* What the public pages do beyond reading: each part works alone, and every page works without any. */
"use strict";

/* A button that copies the short link, which stands beside it to be selected by hand. */
const copyLink = () => {
  const link = document.getElementById("short-link");
  if (!link) return;
  const select = () => {
    getSelection().selectAllChildren(link);
    return document.execCommand("copy");
  };
  const copy = () => navigator.clipboard?.writeText(link.textContent).then(() => true, select) ?? select();
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: link.dataset.copy });
  button.className = "share__link";
  button.addEventListener("click", async () => {
    const said = link.parentElement.querySelector("[role=status]");
    said.textContent = "";
    if (await copy()) said.textContent = link.dataset.copied;
  });
  const place = document.createElement("li");
  place.append(button);
  document.querySelector(".share__list").append(place);
};

copyLink();
