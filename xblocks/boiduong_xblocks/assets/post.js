/** Requests to a block's own handlers. */

const SIGNED_OUT = 401;
const FORBIDDEN = 403;

/** Django's token, which the platform leaves readable to its own pages. */
function csrf() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
  return found ? decodeURIComponent(found[1]) : "";
}

/**
 * POST JSON; the answer's JSON, or a rejection whose `status` is the platform's, 0 without a connection, 401 where the
 * login is over (whoever is sent to the login page is answered 200 with that page). Of what the block itself refused
 * `said` is the sentence, or `messages` are what its validation found, each {text, field}. It outlives the page: never a
 * beacon, which could not carry the token. All that is under way together may hold 64 KiB, as Fetch has it of keepalive.
 *
 * @param {string} address of the handler @param {object} body
 * @returns {Promise<object>}
 */
export function post(address, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf() };
  const sent = fetch(address, { method: "POST", headers, body: JSON.stringify(body), keepalive: true, credentials: "same-origin" });
  return sent.then(answered, () => Promise.reject({ status: 0, said: "" }));
}

/**
 * Why a request was in vain, for whoever waits: the server's own words; that the login is over; or `otherwise`.
 *
 * @param {{status: number, said?: string}} reason @param {{expired: string}} texts @param {string} otherwise
 */
export function whyNot(reason, texts, otherwise) {
  return reason.said || ([SIGNED_OUT, FORBIDDEN].includes(reason.status) ? texts.expired : otherwise);
}

function answered(response) {
  if (!response.ok) return refused(response);
  return response.json().catch(() => Promise.reject({ status: SIGNED_OUT }));
}

function refused(response) {
  const told = response.json().then((body) => body.error || "", () => "");
  return told.then((error) => {
    const said = typeof error === "string" ? error : "";
    return Promise.reject({ status: response.status, said, messages: error.messages || [] });
  });
}
