"""The words that a column takes, as its list offers them."""

from collections.abc import Iterable

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Half

from boiduong_exporter.imports.accounts import SYSTEMS
from boiduong_exporter.imports.plan import STATES
from boiduong_exporter.readers.fields import Field, Spec
from boiduong_exporter.rulebook.kinds import Kinds

_DELIVERIES = tuple(delivery.label for delivery in Delivery)


def words_of(spec: Spec, field: Field, kinds: Kinds) -> tuple[str, ...]:
    """The words of a column of choices, in the order of their register; none for any other column."""
    offered: dict[tuple[str, str], Iterable[str]] = {
        ("organizations", "kind"): kinds.organizations.labels.values(),
        ("organizations", "level"): kinds.levels.labels.values(),
        ("classes", "kind"): kinds.classes.labels.values(),
        ("classes", "scheme"): kinds.schemes,
        ("sessions", "half"): (half.label for half in Half),
        ("sessions", "delivery"): _DELIVERIES,
        ("places", "delivery"): _DELIVERIES,
        ("topics", "delivery"): _DELIVERIES,
        ("enrolment", "leads"): ("có", "không"),
        ("enrolment", "leaves"): ("có", "không"),
        ("attendance", "essay"): ("đạt", "chưa đạt"),
        ("plan", "state"): STATES,
        ("accounts", "system"): SYSTEMS,
        ("accounts", "removed"): ("có", "không"),
    }
    return tuple(map(_as_begun, offered.get((spec.key, field.key), ())))


def _as_begun(word: str) -> str:
    """With a capital, as a cell begins; a name that has capitals of its own ("xAPI") is left as it is."""
    return word[:1].upper() + word[1:] if word.islower() else word
