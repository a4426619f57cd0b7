/** A QR code as the server sends it, drawn: rows of modules, eight in a byte, with the quiet zone that readers need. */

const QUIET = 4;
const SVG = "http://www.w3.org/2000/svg";

/** @param {string} drawing base64 @returns {SVGElement} */
export function qrCode(drawing) {
  const bytes = atob(drawing);
  const isDark = (at) => (bytes.charCodeAt(at >> 3) >> (7 - (at & 7))) & 1;
  const size = Math.floor(Math.sqrt(bytes.length * 8));
  let path = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const begun = x;
      while (x < size && isDark(y * size + x)) x++;
      if (x > begun) path += `M${begun} ${y}h${x - begun}v1h${begun - x}z`;
    }
  }
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", [-QUIET, -QUIET, size + 2 * QUIET, size + 2 * QUIET].join(" "));
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Mã vuông để quét điểm danh");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  svg.append(dark);
  return svg;
}
