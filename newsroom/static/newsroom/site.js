/* What the public pages do beyond reading: each part works alone, and every page works without any. */
"use strict";

/* Without a connection a page of our own is shown: once this page is there, the browser is told to keep it. */
function keepOffline() {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}

keepOffline();
