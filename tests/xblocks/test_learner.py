"""Who stands before a block: only a learner's own study and attendance are real."""

from types import SimpleNamespace
from typing import Any

import pytest
from boiduong_xblocks.learner import Learner, Role, account, learner_at
from opaque_keys.edx.locator import CourseLocator

from tests.xblocks.runtime import COURSE, GLOBAL_AS_LEARNER, INSTRUCTOR, LAN, NOBODY, STAFF, WATCHING, Person, Runtime

CLOCK = '<boiduong_study_clock url_name="c" topic_id="t" section_id="s" edition="1"/>'


def seen(person: Person) -> Learner:
    runtime = Runtime(person)
    learner: Learner = runtime.get_block(runtime.parse(CLOCK)).learner
    return learner


@pytest.mark.parametrize(
    ("person", "role"),
    [
        (LAN, Role.LEARNER),
        (STAFF, Role.STAFF),
        (INSTRUCTOR, Role.STAFF),
        (WATCHING, Role.WATCHING),
        (GLOBAL_AS_LEARNER, Role.WATCHING),
        (NOBODY, Role.NOBODY),
    ],
)
def test_a_role_is_what_the_platform_says(person: Person, role: Role) -> None:
    assert seen(person).role is role


def test_only_a_learner_counts() -> None:
    assert [role for role in Role if Learner(role).counts] == [Role.LEARNER]


def test_a_learner_is_known_by_account_name_and_address() -> None:
    assert seen(LAN) == Learner(Role.LEARNER, "lan", "Nguyễn Thị Lan", "lan@example.vn")


def test_where_no_user_is_known_there_is_nobody() -> None:
    assert learner_at(None, COURSE) == Learner(Role.NOBODY)


class Users:
    """A user service around a Django user of the platform's making."""

    def __init__(self, django_user: Any, is_staff: bool = False) -> None:
        self._django_user, self._is_staff = django_user, is_staff

    def get_current_user(self) -> Any:
        attrs = {"edx-platform.username": "a", "edx-platform.user_is_staff": self._is_staff}
        return SimpleNamespace(opt_attrs=attrs, full_name=None, emails=None)


MASK = SimpleNamespace(role="student")
OTHER = CourseLocator("o", "c", "r")


@pytest.mark.parametrize(
    ("django_user", "role"),
    [
        (SimpleNamespace(), Role.LEARNER),
        (SimpleNamespace(masquerade_settings=None), Role.LEARNER),
        (SimpleNamespace(masquerade_settings={COURSE: MASK}), Role.WATCHING),
        (SimpleNamespace(masquerade_settings={OTHER: MASK}), Role.LEARNER),
        (SimpleNamespace(masquerade_settings={COURSE: SimpleNamespace(role="staff")}), Role.LEARNER),
        (SimpleNamespace(real_user=SimpleNamespace()), Role.WATCHING),
    ],
    ids=["as ever", "no mask", "as a learner", "in another course", "as staff", "as a certain learner"],
)
def test_who_views_as_a_learner_is_watching(django_user: Any, role: Role) -> None:
    assert learner_at(Users(django_user), COURSE).role is role


class Directory:
    """The platform's way from a name to a person: by the anonymous id, for staff."""

    def get_anonymous_user_id(self, typed: str, course: str) -> str | None:
        return "77" if typed in ("lan", "lan@example.vn") else None

    def get_user_by_anonymous_id(self, anonymous: str) -> Any:
        return SimpleNamespace(username="lan", profile=SimpleNamespace(name="Nguyễn Thị Lan"))


@pytest.mark.parametrize("typed", ["lan", "lan@example.vn"])
def test_a_person_is_found_by_account_name_or_address(typed: str) -> None:
    assert account(Directory(), "c", typed) == ("lan", "Nguyễn Thị Lan")


def test_whom_the_platform_does_not_know_is_nobody() -> None:
    assert account(Directory(), "c", "ma") is None


def test_a_platform_that_finds_nobody_is_taken_at_its_word() -> None:
    assert account(SimpleNamespace(), "c", "lan") == ("lan", "")
