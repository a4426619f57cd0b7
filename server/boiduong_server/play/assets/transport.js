/**
 * SCOs' run-time data on its way to the server. While the page lives a commit is a synchronous request, as SCORM's calls
 * ask for an answer; when it is left, a beacon. What does not arrive is handed to the parent page, which keeps it.
 *
 * Measured of scorm-again 3.4.3 in Chromium: a beacon carries at most 64 KiB, all that are under way together.
 */

const BEACON = 60000;
const OPENING = 1000000;
const FAILED = { result: false, errorCode: 101 };
const KEPT = { result: true, errorCode: 0 };
const AGAIN = 15000;

/**
 * @param {object} wishes
 * @param {string} wishes.address of the launch, ending in a slash
 * @param {number} wishes.first number of the first opening: grows with every load of the frame
 * @param {() => object} wishes.walk where the learner stands @param {() => string} wishes.state of 2004 sequencing
 * @param {(commit: object) => void} wishes.keep @param {(item: string, sequence: number) => void} wishes.kept
 * @param {() => void} wishes.stale @param {() => void} wishes.refused
 */
export function createTransport(wishes) {
  const address = wishes.address;
  let opening = wishes.first - 1;
  let leaving = false;
  /** @type {Map<string, object>} by item: what the server has not got yet */
  const waiting = new Map();
  /** @type {Map<string, string>} parts of the open SCO's data as the server answered them last, as JSON */
  let known = new Map();

  function post(path, body) {
    const request = new XMLHttpRequest();
    request.open("POST", address + path, false);
    try {
      request.send(JSON.stringify(body));
    } catch (error) {
      return 0;
    }
    return request.status;
  }

  function beacon(path, body) {
    return navigator.sendBeacon(address + path, JSON.stringify(body));
  }

  /** The commit without the parts that the server has already, when it is too large for a beacon. */
  function small(commit) {
    if (size(commit) <= BEACON) return commit;
    const same = Object.keys(commit.cmi).filter((part) => known.get(part) === JSON.stringify(commit.cmi[part]));
    const cmi = { ...commit.cmi };
    same.forEach((part) => delete cmi[part]);
    return { ...commit, cmi, same };
  }

  function learnt(commit) {
    known = new Map(Object.keys(commit.cmi).map((part) => [part, JSON.stringify(commit.cmi[part])]));
    if (waiting.delete(commit.item)) wishes.kept(commit.item, commit.sequence);
  }

  function lost(commit) {
    waiting.set(commit.item, commit);
    wishes.keep(commit);
  }

  function send(commit, ends) {
    if (leaving) {
      // A page loaded anew has minted its launch before this one's last words are said.
      if (!beacon("ghi", { ...small(commit), leaving: true })) lost(commit);
      return KEPT;
    }
    const status = post("ghi", commit);
    if (status === 200) {
      learnt(commit);
      return KEPT;
    }
    if (status === 409) {
      wishes.stale();
      return FAILED;
    }
    if (status >= 400 && status < 500) {
      wishes.refused(); // too much, or nothing that is understood: it would be no better the next time
      return FAILED;
    }
    if (ends) beacon("ghi", { ...small(commit), leaving: true }); // a page that is being left refuses requests that wait
    lost(commit);
    // What ends is kept in the browser, and the learner is told; a commit may be tried again by the SCO.
    return ends ? KEPT : FAILED;
  }

  function again() {
    waiting.forEach((commit) => {
      const body = JSON.stringify(commit);
      fetch(`${address}ghi`, { method: "POST", body, credentials: "omit" }).then(
        (response) => {
          if (response.status >= 500 || waiting.get(commit.item) !== commit) return;
          waiting.delete(commit.item);
          // 409: a newer launch is there. Through the learner's own session it may yet be taken: the parent keeps it.
          if (response.status === 409) wishes.stale();
          else wishes.kept(commit.item, commit.sequence);
        },
        () => {}, // still without a connection
      );
    });
  }

  setInterval(again, AGAIN);
  window.addEventListener("online", again);

  return {
    /** A SCO is opened: what scorm-again takes as its `httpService`. */
    open(item) {
      opening += 1;
      known = new Map();
      const base = opening * OPENING;
      return {
        processHttpRequest(url, said, ends, log, listeners, metadata) {
          const commit = { item, sequence: base + metadata.sequence, cmi: plain(said.cmi), walk: wishes.walk() };
          const answer = send(commit, ends);
          listeners(answer.result ? "CommitSuccess" : "CommitError", undefined, answer.errorCode);
          return answer;
        },
        updateSettings() {},
      };
    },
    /** Where the learner stands, when no SCO says anything. */
    stand() {
      const body = { ...wishes.walk(), sequencing: wishes.state() };
      if (leaving) beacon("cho", body);
      else fetch(`${address}cho`, { method: "POST", body: JSON.stringify(body), credentials: "omit" }).catch(() => {});
    },
    /** The page is being left: from now on by beacon, what waited first. The SCO's own last word may have been said before
     * this, by a request that a page on its way out is refused. */
    leave() {
      leaving = true;
      waiting.forEach((commit) => beacon("ghi", { ...commit, leaving: true }));
    },
    isLeaving: () => leaving,
  };
}

const plain = (value) => JSON.parse(JSON.stringify(value));
const size = (value) => new Blob([JSON.stringify(value)]).size;
