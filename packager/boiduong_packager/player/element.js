/** `h("p", {class: "x"}, "text", child)`: one element. Text stays text; only `html` takes the author's fragments. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  Object.keys(attributes).forEach((name) => {
    const value = attributes[name];
    if (name === "html") element.innerHTML = value;
    else if (name === "onclick") element.addEventListener("click", value);
    else element.setAttribute(name, value);
  });
  element.append(...children);
  return element;
}

/** The page's own element of that name. */
export const own = (name) => document.getElementById(`boiduong-${name}`);

/** `replaceChildren`, which browsers of 2019 lack. */
export function fill(element, ...children) {
  element.textContent = "";
  element.append(...children);
}
