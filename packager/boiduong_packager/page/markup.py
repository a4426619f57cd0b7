"""HTML from values: plain text is escaped, markup is not, and nothing else gets in.

`E("p", "a < b", E("br"), class_="note")` is a piece of Markup. Attributes drop a trailing underscore and turn `_` into
`-`; `None` and `False` leave an attribute out, `True` writes it in the way XHTML wants (`checked="checked"`).
A page is built by joining strings, because building and serializing a tree costs ten times as much and the reader's
fragments would have to be parsed once more.
"""

from html import escape

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source"})


class Markup(str):
    """Text that is HTML already: what `E` made, or a fragment that the reader made."""

    __slots__ = ()


def E(tag: str, *children: str, **attributes: str | int | bool | None) -> Markup:  # noqa: N802  (lxml's name for it)
    """One element with `children`, each Markup or plain text to escape."""
    start = "".join((tag, *(_attribute(name, value) for name, value in attributes.items())))
    if tag in _VOID:
        return Markup(f"<{start}/>")
    return Markup(f"<{start}>{join(*children)}</{tag}>")


def join(*children: str) -> Markup:
    """The children one after the other: Markup as it stands, plain text escaped."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child, quote=False) for child in children))


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f' {name}="{name if value is True else escape(str(value))}"'
