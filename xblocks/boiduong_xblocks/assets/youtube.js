/**
 * Films of YouTube in this page, which the platform's video block embeds. Their frames tell the page how they stand (the
 * IFrame Player API: a message of JSON with "event", and in "info" the player's state); we only listen, and send nothing.
 */

const HOSTS = ["https://www.youtube.com", "https://www.youtube-nocookie.com"];
const PLAYING = 1;
const BUFFERING = 3;

/** @param {{plays: (medium: object) => void, rests: (medium: object) => void}} ear */
export function hearYouTube(ear) {
  const playing = new Set();

  function heard(event) {
    const frame = HOSTS.includes(event.origin) && frameOf(event.source);
    const state = frame ? stateIn(event.data) : BUFFERING;
    if (state === BUFFERING) return;
    if (state === PLAYING) {
      playing.add(frame);
      ear.plays(frame);
    } else {
      rests(frame);
    }
  }

  function rests(frame) {
    playing.delete(frame);
    ear.rests(frame);
  }

  window.addEventListener("message", heard);
  return {
    /** A frame that is gone says nothing any more. */
    look: () => [...playing].filter((frame) => !frame.isConnected).forEach(rests),
    stop: () => window.removeEventListener("message", heard),
  };
}

/** The frame of this document that speaks: what stands nowhere is not believed. */
function frameOf(view) {
  return [...document.querySelectorAll("iframe")].find((frame) => frame.contentWindow === view);
}

/** The state that a message tells; as while buffering, where it tells none. */
function stateIn(data) {
  let said = null;
  try {
    said = JSON.parse(data);
  } catch (error) {
    return BUFFERING; // not a message of the player's
  }
  const info = said && said.info;
  const state = said && said.event === "infoDelivery" ? info && info.playerState : said && said.event === "onStateChange" && info;
  return typeof state === "number" ? state : BUFFERING;
}
