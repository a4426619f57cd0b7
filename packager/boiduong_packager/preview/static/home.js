/** The program's page: reloads itself when there is a new build. */

import { follow, trouble } from "./news.js";

const built = document.getElementById("built");
const said = built.textContent;

follow("", (news) => {
  if (news && String(news.build) !== document.body.dataset.build) {
    location.reload();
    return;
  }
  const text = trouble(news) || said;
  if (built.textContent !== text) built.textContent = text;
});
