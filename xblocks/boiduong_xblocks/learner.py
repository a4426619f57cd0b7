"""Who stands before a block, as the platform's user service tells it (edx-platform's DjangoXBlockUserService)."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

_STAFF_ROLES = frozenset({"staff", "instructor"})


class Role(Enum):
    """What someone is to the course right now."""

    LEARNER = auto()
    STAFF = auto()
    """Of the course's team, in the course itself or in Studio."""
    WATCHING = auto()
    """Staff who look at the course as a learner sees it ("view as")."""
    NOBODY = auto()
    """Not logged in."""


@dataclass(frozen=True)
class Learner:
    """`username` is the platform's account name, empty where nobody is logged in."""

    role: Role
    username: str = ""
    name: str = ""
    email: str = ""

    @property
    def counts(self) -> bool:
        """Whether study and attendance of this person are real: staff and those who watch are not learners."""
        return self.role is Role.LEARNER


def learner_at(service: Any, course_key: Any) -> Learner:
    """The one whom the runtime's user service knows; `course_key` is the course's opaque key, or None."""
    if service is None:
        return Learner(Role.NOBODY)
    user = service.get_current_user()
    attrs = user.opt_attrs
    username = attrs.get("edx-platform.username") or ""
    if not username:
        return Learner(Role.NOBODY)
    role = _role(attrs, is_watching=_is_masked(service, course_key))
    return Learner(role, username, user.full_name or "", next(iter(user.emails or ()), "") or "")


def account(service: Any, course: str, typed: str) -> tuple[str, str] | None:
    """The account name and the full name of whom an account name or e-mail means; None where the platform knows nobody
    so called. The name is empty where it does not tell. The platform finds people for staff alone, and the person's
    name by way of the anonymous id only; a platform that finds nobody for us (the workbench) is taken at its word."""
    find, person = (getattr(service, name, None) for name in ("get_anonymous_user_id", "get_user_by_anonymous_id"))
    if find is None or person is None:
        return typed, ""
    anonymous = find(typed, course)
    user = person(anonymous) if anonymous else None
    if user is None:
        return None
    return user.username, getattr(getattr(user, "profile", None), "name", None) or ""


def _role(attrs: Any, is_watching: bool) -> Role:
    if is_watching:
        return Role.WATCHING
    if attrs.get("edx-platform.user_is_staff") or attrs.get("edx-platform.user_role") in _STAFF_ROLES:
        return Role.STAFF
    # The platform's own staff are staff of every course, except while they view it as a learner.
    return Role.WATCHING if attrs.get("edx-platform.user_is_global_staff") else Role.LEARNER


def _is_masked(service: Any, course_key: Any) -> bool:
    """Whether the request is made under "view as". The user service says nothing of it; the platform notes it on its
    own user (setup_masquerade in lms/djangoapps/courseware/masquerade.py): `real_user` and `masquerade_settings`."""
    user = getattr(service, "_django_user", None)
    if user is None:
        return False
    mask = (getattr(user, "masquerade_settings", None) or {}).get(course_key)
    return hasattr(user, "real_user") or (mask is not None and mask.role not in _STAFF_ROLES)
