"""The services of the platform that our blocks ask for, answering as edx-platform's do."""

import gettext
import json
from contextlib import suppress
from importlib import resources
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import to_locale
from opaque_keys.edx.keys import CourseKey
from xblock.reference.user_service import UserService, XBlockUser

from tools.openedx.people import Person

BLOCK_SETTINGS = "block-settings.json"


class Users(UserService):
    """As DjangoXBlockUserService (common/djangoapps/xblock_django/user_service.py)."""

    def __init__(self, person: Person, course: CourseKey) -> None:
        super().__init__()
        self._person = person
        self._django_user = SimpleNamespace(username=person.name)
        if person.is_watching:  # as setup_masquerade leaves it (lms/djangoapps/courseware/masquerade.py)
            self._django_user.masquerade_settings = {course: SimpleNamespace(role="student", user_name=None)}

    def get_current_user(self) -> XBlockUser:
        person = self._person
        user = XBlockUser(is_current_user=True)
        user.opt_attrs["edx-platform.is_authenticated"] = not person.is_anonymous
        if person.is_anonymous:
            return user
        user.full_name, user.emails = person.full_name, [person.email]
        user.opt_attrs |= {
            "edx-platform.user_id": person.number,
            "edx-platform.username": person.name,
            "edx-platform.user_is_staff": person.is_staff,
            "edx-platform.user_is_global_staff": False,
            "edx-platform.user_is_beta_tester": False,
            "edx-platform.user_role": "staff" if person.is_staff else "student",
            "edx-platform.user_preferences": {},
        }
        return user


class Texts:
    """As XBlockI18nService (xmodule/modulestore/django.py): a block's own catalog in the language of the request, or
    else Django's texts, never both."""

    def __init__(self, block: Any) -> None:
        self._texts: Any = translation
        folder = resources.files(block.unmixed_class.__module__.partition(".")[0]) / "translations"
        language = to_locale(translation.get_language() or settings.LANGUAGE_CODE)
        with suppress(OSError):  # no catalog of that language
            self._texts = gettext.translation("text", str(folder), [language])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._texts, {"ugettext": "gettext", "ungettext": "ngettext"}.get(name, name))


class Settings:
    """As SettingsService (xmodule/services.py); XBLOCK_SETTINGS is read anew each time from a file of the folder."""

    def get_settings_bucket(self, block: Any, default: dict[str, Any] | None = None) -> dict[str, Any]:
        path = settings.FOLDER / BLOCK_SETTINGS
        kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
        name = getattr(block, "block_settings_key", type(block).__name__)
        bucket: dict[str, Any] = kept.get(name, default or {})
        return bucket


class Completion:
    """As CompletionService of openedx/completion: where it is enabled, blocks publish what is complete."""

    def completion_tracking_enabled(self) -> bool:
        return True
