/**
 * Pages of attendance that open without a connection: the service worker (offline.js) keeps the copy that was seen last.
 * Browsers have one only on a secure origin; elsewhere nothing happens, and typing and paper remain.
 */

/** The caches by name: one's own pages, thrown away on leaving; and what is anybody's. */
export const PAGES = "boiduong-trang";
export const SHELL = "boiduong-khung";

/** Addresses of pages that are kept. */
export const KEPT = /^\/(diem-danh(\/to\/[A-Z]+)?|buoi\/[A-Z]+(\/man-hinh)?)$/;

/** Keep this page, and what it is made of, from now on. @returns {Promise<boolean>} whether that is possible here */
export async function keepOffline() {
  if (!isSecureContext || !("serviceWorker" in navigator)) return false;
  try {
    const known = navigator.serviceWorker.controller;
    await navigator.serviceWorker.register("/diem-danh/nen.js", { scope: "/" });
    await navigator.serviceWorker.ready;
    if (!known) await keepThis(); // it came by before there was anybody to keep it
    return true;
  } catch (error) {
    return false; // storage is full or refused, or there is no connection
  }
}

async function keepThis() {
  const parts = [...document.querySelectorAll("script[src], link[rel=stylesheet]")];
  const shell = await caches.open(SHELL);
  await shell.addAll(parts.map((each) => each.src || each.href));
  const pages = await caches.open(PAGES);
  if (KEPT.test(location.pathname)) await pages.add(location.pathname);
}
