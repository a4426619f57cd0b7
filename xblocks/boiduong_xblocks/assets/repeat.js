/** Asks the server again and again, for as long as somebody looks. */

const PATIENCE_MS = 15000; // a request on a dead line may hang for minutes; the next one may go through
const RETRY_MS = 3000;

/**
 * Calls `act` again and again, each time after the delay in ms that it promises, only while the page is seen. It ends
 * when the platform takes the block out of the page.
 *
 * @param {Element} root @param {number} first delay in ms @param {() => Promise<number>} act
 * @returns {{soon: (delay: number) => void}} asks for an earlier call
 */
export function repeat(root, first, act) {
  let timer = 0;
  let due = 0;
  let acting = false;
  let again = false; // asked for while acting

  function soon(delay) {
    clearTimeout(timer);
    due = Date.now() + delay;
    timer = setTimeout(run, delay);
  }

  function run() {
    if (!root.isConnected) document.removeEventListener("visibilitychange", seen);
    else if (acting) again = true;
    else if (!document.hidden) start(); // else `seen` goes on
  }

  function start() {
    acting = true;
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, RETRY_MS));
    Promise.race([act(), late]).then((delay) => {
      acting = false;
      soon(again ? 0 : delay);
      again = false;
    });
  }

  function seen() {
    if (!document.hidden && Date.now() >= due) run();
  }

  document.addEventListener("visibilitychange", seen);
  soon(first);
  return { soon };
}
