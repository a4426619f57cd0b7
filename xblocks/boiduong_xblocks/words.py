"""What a block says, in the language of the page. The texts in the code are Vietnamese; `translations` has the others.

The platform looks into `translations` itself (XBlockI18nService in xmodule/modulestore/django.py), but not in every
release; what it leaves untranslated is looked up here.
"""

import gettext
from functools import cache
from pathlib import Path
from typing import Any

DOMAIN = "text"
_FOLDER = Path(__file__).parent / "translations"


def marked(text: str) -> str:
    """Marks a text for translators where it stands; it is translated when it is said."""
    return text


def translated(service: Any, text: str) -> str:
    """`text` in the language of `service`, the runtime's i18n service; as it stands where there is no translation."""
    said = str(service.gettext(text))
    if said != text:
        return said
    get_language = getattr(service, "get_language", None)
    language = (get_language() if get_language else None) or ""
    return _catalog(language.partition("-")[0]).gettext(text)


EXPIRED = marked("Phiên đăng nhập đã hết: tải lại trang rồi đăng nhập.")
NO_SCRIPT = marked("Phần này cần JavaScript: bật JavaScript trong trình duyệt rồi tải lại trang.")
"""What all blocks say."""


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, _FOLDER, [language or "vi"], fallback=True)
