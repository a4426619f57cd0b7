/**
 * Asks the server every second what it built. A poll, not a stream: a browser opens at most six connections to a host,
 * and an author with seven topics open would wait for ever.
 */

const EVERY = 1000;

/**
 * @typedef {object} News
 * @property {number} build counts builds @property {boolean} building @property {boolean} failed
 * @property {boolean} watching @property {string} problems HTML @property {string} digest @property {number} launch
 */

/** Calls `tell` with each answer while the page is visible, with null while the server is away. */
export function follow(query, tell) {
  const ask = async () => {
    if (document.visibilityState === "visible") tell(await fetchNews(query));
    setTimeout(ask, EVERY);
  };
  setTimeout(ask, EVERY);
}

/** @returns {Promise<News | null>} */
async function fetchNews(query) {
  try {
    const response = await fetch(`/tin?${query}`);
    return response.ok ? await response.json() : null;
  } catch (error) {
    return null;
  }
}

/** What the author must know before all else; "" when all is well. */
export function trouble(news) {
  if (!news) return "Máy chủ xem thử đã dừng. Chạy lại lệnh boiduong preview.";
  if (!news.watching) return "Đã ngừng theo dõi tệp: xem lỗi ở cửa sổ lệnh, rồi chạy lại boiduong preview.";
  return news.building ? "Đang dựng lại…" : "";
}
