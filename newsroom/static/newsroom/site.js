/* What the public pages do beyond reading: each part works alone, and every page works without any. */
"use strict";

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
