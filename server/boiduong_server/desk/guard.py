"""The door of the application's host: whose requests are heard, and what a browser may do with the answers.

Packages run on another host name of the same site, so that they keep their storage; to this host they are strangers.
A browser says of each request where it comes from (Sec-Fetch-Site; Origin). Those of a neighbour or of another site are
refused, but for somebody who follows a link. Browsers that do not say so are left to the tokens of forms.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from boiduong_server.house import House

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})
"""None: typed, or from a bookmark."""


def install(app: Flask, house: House) -> None:
    """Before everything else of the application."""
    headers = _headers(house)

    @app.before_request
    def require_ours() -> None:
        if request.host != house.application_host:
            abort(404)
        if not _is_heard(house.application):
            abort(403)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def _is_heard(origin: str) -> bool:
    """Whether the request comes from our own pages, from nowhere, or by a link that somebody follows."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN:
        return request.method in _SAFE and _is_followed_link()
    if (claimed := request.headers.get("Origin")) is not None:
        return claimed == origin
    if site is None and request.method not in _SAFE and (referer := request.headers.get("Referer")):
        return "{0.scheme}://{0.netloc}".format(urlsplit(referer)) == origin
    return True


def _is_followed_link() -> bool:
    headers = request.headers
    return headers.get("Sec-Fetch-Mode") == "navigate" and headers.get("Sec-Fetch-Dest") == "document"


def _headers(house: House) -> dict[str, str]:
    policy = {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
        "connect-src": "'self'", "frame-src": house.content, "form-action": "'self'", "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }  # fmt: skip
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        # not same-origin: a package's own windows would lose their opener, and with it the API that they look for
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if house.application.startswith("https:"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers
