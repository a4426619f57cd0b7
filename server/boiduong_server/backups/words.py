"""How large something is, for people."""


def size(count: int) -> str:
    """Bytes: "12,3 MB"."""
    for unit, of in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= of:
            return f"{count / of:.1f} {unit}".replace(".", ",")
    return f"{count} byte"
