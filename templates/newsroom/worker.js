/* Keeps one page for when there is no connection, with the sheet and the icon that it needs. No other page is ever stored. */
"use strict";

const KEPT = "offline-{{ version }}";
const PAGE = "{{ files.0|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const STAFF = /^\/(?:fr\/|en\/)?(?:admin|approval|preview|comments)\//;

async function keep() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES.map((file) => new Request(file, { credentials: "omit", cache: "reload" })));
  await self.skipWaiting();
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/* The network first, always; what is kept only where there is none. */
async function answer(request, file) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(file);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forget()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || STAFF.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(answer(request, PAGE));
  else if (FILES.includes(url.pathname)) event.respondWith(answer(request, url.pathname));
});
