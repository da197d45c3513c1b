/* What the public pages do beyond reading: each part works alone, and every page works without any. */
"use strict";

/* The size of the text, kept on this device; without storage it holds for the page at hand. */
const textSize = () => {
  const SIZES = ["normal", "large", "largest"];
  const root = document.documentElement;
  const show = (size) => {
    root.dataset.text = size;
    for (const button of document.querySelectorAll("#text-size button"))
      button.setAttribute("aria-disabled", String(!SIZES[SIZES.indexOf(size) + Number(button.dataset.step)]));
  };
  let kept = null;
  try {
    kept = localStorage.getItem("text-size");
  } catch { /* storage is closed to this page */ }
  show(SIZES.includes(kept) ? kept : "normal");
  document.getElementById("text-size")?.addEventListener("click", (event) => {
    const step = Number(event.target.closest("button")?.dataset.step);
    const size = SIZES[SIZES.indexOf(root.dataset.text) + step];
    if (!step || !size) return;
    show(size);
    try {
      localStorage.setItem("text-size", size);
    } catch { /* as above */ }
  });
};

textSize();

/* A button that copies the short link, which stands beside it to be selected by hand. */
const copyLink = () => {
  const link = document.getElementById("short-link");
  if (!link) return;
  const select = () => {
    getSelection().selectAllChildren(link);
    return document.execCommand("copy");
  };
  const copy = () => navigator.clipboard?.writeText(link.textContent).then(() => true, select) ?? select();
  const button = document.querySelector(".share__copy");
  button.addEventListener("click", async () => {
    const said = link.parentElement.querySelector("[role=status]");
    said.textContent = "";
    if (await copy()) said.textContent = link.dataset.copied;
  });
};

copyLink();

/* Tells the newspaper, once per tab, that an article stood before a reader's eyes: its number, nothing of the reader. */
const countReading = () => {
  const article = document.querySelector("article[data-article]");
  if (!article || document.querySelector('meta[name="robots"][content*="noindex"]')) return;
  const address = `/v/${article.dataset.article}`;
  let timer;
  const tell = () => {
    document.removeEventListener("visibilitychange", watch);
    try {
      if (sessionStorage.getItem(address)) return;
      sessionStorage.setItem(address, "1");
    } catch {} // storage is switched off: the server leaves out what it heard just now
    if (!navigator.sendBeacon?.(address)) fetch(address, { method: "POST", keepalive: true }).catch(() => {});
  };
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(tell, 5000);
  };
  document.addEventListener("visibilitychange", watch);
  watch();
};

countReading();

/* Without a connection a page of our own is shown: once this page is there, the browser is told to keep it. */
function keepOffline() {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}

keepOffline();
