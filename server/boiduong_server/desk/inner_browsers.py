"""Browsers inside other apps: what they are called, and how one's own browser is opened from there."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_APPS = (
    (r"Zalo", "Zalo"), (r"Messenger|MESSENGER|Orca-Android", "Messenger"), (r"FBAN|FBAV|FB_IAB|FBIOS", "Facebook"),
    (r"Instagram", "Instagram"), (r"musical_ly|BytedanceWebview|TikTok", "TikTok"), (r"Viber", "Viber"),
    (r"\bLine/", "LINE"), (r"; wv\)|(?:iPhone|iPad)(?!.*Safari/)", "một ứng dụng khác"),
)  # fmt: skip
"""The last: a page in any other app says so on Android, and on an iPhone does not call itself Safari."""


@dataclass(frozen=True)
class Inner:
    """The app, and the system that it runs on."""

    app: str
    is_android: bool

    def opens(self, address: str) -> str:
        """A link to this address that Android hands to one's own browser; empty where there is no such link."""
        if not self.is_android:
            return ""
        parts = urlsplit(address)
        where = address.removeprefix(f"{parts.scheme}://")
        return f"intent://{where}#Intent;scheme={parts.scheme};action=android.intent.action.VIEW;end"


def inner(agent: str) -> Inner | None:
    """None where it is a browser of its own."""
    found = next((name for pattern, name in _APPS if re.search(pattern, agent)), "")
    return Inner(found, "Android" in agent) if found else None
