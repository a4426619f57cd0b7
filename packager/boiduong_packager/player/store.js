/** The browser's own storage, which may be refused (a foreign frame, a private window, a full disk): never an error. */

export const store = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null;
    }
  },
  /** @returns {boolean} whether it was kept */
  set(key, text) {
    try {
      localStorage.setItem(key, text);
      return true;
    } catch (error) {
      return false;
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(key);
    } catch (error) {
      // nothing was kept, so nothing is left
    }
  },
};
