/** FNV-1a over the UTF-8 of `text`: a short name for a long one, or a seed. No protection of anything. */
export function fnv1a(text) {
  let digest = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) digest = Math.imul(digest ^ byte, 0x01000193);
  return digest >>> 0;
}
