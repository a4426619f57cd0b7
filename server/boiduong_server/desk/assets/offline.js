/**
 * The service worker: pages of attendance that open without a connection. Pages come from the network, and where that
 * does not answer in time from the copy that was seen last; an address that a camera opens finds the page where codes are
 * typed, whose script keeps what was read. Assets never change under their address. Nothing else is touched.
 */

import { KEPT, PAGES, SHELL } from "./kept-pages.js";

const WAIT_MS = 4000;
const MOST_PAGES = 20;
const MOST_ASSETS = 60; // of several versions: a page that was kept needs its own
const TYPING = "/D";
const READ = /^\/[Dd](\/|$)/;
const ASSET = /^\/tinh\//;
const DOORS = ["/dang-xuat", "/dang-nhap"];

self.addEventListener("install", (event) => event.waitUntil(keepShell().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && DOORS.includes(url.pathname)) event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (ASSET.test(url.pathname)) event.respondWith(asset(request));
  else if (request.mode === "navigate" && READ.test(url.pathname)) event.respondWith(page(event, TYPING));
  else if (request.mode === "navigate" && KEPT.test(url.pathname)) event.respondWith(page(event, url.pathname));
});

/** The typing page as nobody in particular sees it, with what it is made of. */
async function keepShell() {
  const response = await fetch(TYPING, { credentials: "omit", cache: "no-store" });
  if (!response.ok) throw new Error(`${response.status}`);
  const parts = (await response.clone().text()).match(/\/tinh\/[\w.-]+\?v=\w+/g) || [];
  const shell = await caches.open(SHELL);
  await shell.addAll(parts);
  await shell.put(TYPING, response);
}

async function asset(request) {
  const shell = await caches.open(SHELL);
  const found = await shell.match(request, { ignoreVary: true });
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await keep(shell, request.url, response.clone(), MOST_ASSETS);
  return response;
}

/** @param {string} path of the copy that stands in for the page */
async function page(event, path) {
  const asked = fetch(event.request);
  if (path !== TYPING) event.waitUntil(asked.then((response) => keepPage(path, response.clone()), () => undefined));
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const response = await Promise.race([asked.catch(() => undefined), late]);
  if (response && response.status < 500) return response;
  return (await copy(path)) || asked;
}

async function copy(path) {
  const pages = await caches.open(PAGES);
  const shell = await caches.open(SHELL);
  const found = await pages.match(path, { ignoreVary: true, ignoreSearch: true });
  return found || ([TYPING, "/diem-danh"].includes(path) ? shell.match(TYPING, { ignoreVary: true }) : undefined);
}

/** Whole pages alone: one that led elsewhere, or was refused, is no copy of what belongs here. */
async function keepPage(path, response) {
  if (response.status !== 200 || response.redirected) return;
  await keep(await caches.open(PAGES), path, response, MOST_PAGES);
}

/** The oldest go first. */
async function keep(cache, address, response, most) {
  try {
    await cache.put(address, response);
    const all = (await cache.keys()).filter((each) => new URL(each.url).pathname !== TYPING);
    await Promise.all(all.slice(0, Math.max(0, all.length - most)).map((each) => cache.delete(each)));
  } catch (error) {
    // storage is full: the page itself is shown all the same
  }
}
