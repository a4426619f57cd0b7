/** When two written answers are the same to a reader of Vietnamese. */

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Case, spaces, a closing stop and where a syllable carries its tone (hòa, hoà) do not matter; the marks do. */
export function sameText(given, accepted) {
  if (fold(given) === fold(accepted) || squeeze(given) === squeeze(accepted)) return true;
  const numbers = readings(accepted);
  return readings(given).some((number) => numbers.includes(number));
}

/** Each syllable with its tone at its end. */
function fold(text) {
  const syllables = plain(text).normalize("NFD").split(/\s+/);
  return syllables.map((syllable) => syllable.replace(TONES, "") + (syllable.match(TONES) || []).join("")).join(" ");
}

const squeeze = (text) => plain(text).replace(/\s/g, "");

const plain = (text) => text.normalize("NFC").toLowerCase().trim().replace(/\s*[.,;:!?…]+$/, "");

/** Whether the number written in `given` lies within `tolerance` of `value`. */
export function sameNumber(given, value, tolerance) {
  const room = tolerance + 1e-9 * Math.max(1, Math.abs(value));
  return readings(given).some((number) => Math.abs(number - value) <= room);
}

/** What a written number can mean: "1.500" is 1500 to one writer and 1.5 to another; a unit behind it is let pass. */
export function readings(text) {
  const found = /^([+\-−]?)\s*(\d[\d.,\s]*)([^\d]*)$/.exec(text.trim());
  if (!found) return [];
  const sign = found[1] && found[1] !== "+" ? -1 : 1;
  const digits = found[2].replace(/\s/g, "").replace(/[.,]$/, "");
  const decimal = Number(digits.replace(",", "."));
  const grouped = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(digits) ? Number(digits.replace(/\./g, "").replace(",", ".")) : NaN;
  return [decimal, grouped].filter((number) => !Number.isNaN(number)).map((number) => sign * number);
}
