"""What a package holds, read from its manifest once, at upload: kept as JSON and handed to the player as it stands.

A value here is ready for use: an `href` is resolved by every xml:base and carries its item's parameters, a number is a
number, and `sequencing` is what scorm-again takes as its `sequencing` settings.
"""

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct, field, json

Standard = Literal["scorm12", "scorm2004"]
Kind = Literal["sco", "asset", ""]
"""An item without a resource is a mere heading: ""."""


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of the table of contents. `href` is an address within the package, empty for a heading. Scores are
    numbers as the standard has them (1.2: 0..100; 2004: -1..1); durations stay as written in it.

    `prerequisites` is the parsed expression (packages/prerequisites.py), None without one.
    """

    identifier: str
    title: str
    visible: bool = True
    href: str = ""
    kind: Kind = ""
    items: tuple["Item", ...] = ()
    prerequisites: dict[str, Any] | None = None
    mastery_score: float | None = None  # 1.2: student_data.mastery_score
    max_time_allowed: str = ""  # 1.2: adlcp:maxtimeallowed; 2004: attemptAbsoluteDurationLimit
    time_limit_action: str = ""  # "exit,message", "continue,no message", …
    launch_data: str = ""  # cmi.launch_data
    completion_threshold: float | None = None  # 2004: cmi.completion_threshold
    passing_score: float | None = None  # 2004: cmi.scaled_passing_score
    objectives: tuple[str, ...] = ()  # 2004: ids that cmi.objectives begins with, the primary one first
    hidden: tuple[str, ...] = ()  # 2004: hideLMSUI: "previous", "continue", "exit", "abandon", "suspendAll", …


class Organization(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way through the package. `sequencing` is empty in SCORM 1.2, whose player goes in order and asks each
    item's prerequisites."""

    identifier: str
    title: str
    items: tuple[Item, ...] = ()
    sequencing: dict[str, Any] = field(default_factory=dict)

    def walk(self) -> Iterator[Item]:
        """Every item, headings too, in the order of the manifest."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.items))


class Structure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`edition` is the schemaversion as a person says it: "1.2", "2nd Edition" (CAM 1.3), "3rd Edition",
    "4th Edition". `default` names the organization that is played."""

    standard: Standard
    edition: str
    identifier: str
    title: str
    organizations: tuple[Organization, ...]
    default: str

    @property
    def played(self) -> Organization:
        """The organization that learners walk: the default one."""
        return next(entry for entry in self.organizations if entry.identifier == self.default)

    def organization(self, identifier: str) -> Organization:
        """The one of this identifier; where there is none, the default one."""
        return next((entry for entry in self.organizations if entry.identifier == identifier), self.played)

    @property
    def units(self) -> tuple[Item, ...]:
        """What can be opened in the played organization: SCOs and assets, in order."""
        return tuple(item for item in self.played.walk() if item.href)


def to_json(structure: Structure) -> str:
    return json.encode(structure).decode()


def from_json(text: str) -> Structure:
    """Raises msgspec.ValidationError (or DecodeError) for a text that `to_json` did not write."""
    return json.decode(text, type=Structure)
