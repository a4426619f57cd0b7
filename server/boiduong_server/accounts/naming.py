"""The two names to log in by, each in one form: a cadre's code, and a phone number."""

import re

from boiduong_vocabulary.vietnamese import fold, name_order, unmarked

_PHONE = re.compile(r"0\d{9,10}")
"""A Vietnamese number: ten digits since 2018, eleven in old lists."""


def code_of(text: str) -> str:
    """A cadre's code as it is compared: marks, letter case and outer spaces aside."""
    return unmarked(fold(text))


def phone_of(text: str) -> str:
    """A phone number as digits alone, "+84 912.345.678" -> "0912345678"; empty where it is none."""
    digits = re.sub(r"[\s.()-]", "", text)
    digits = re.sub(r"^(?:\+|00)84", "0", digits)
    return digits if _PHONE.fullmatch(digits) else ""


def searched(name: str) -> str:
    """A name as it is searched for: "Nguyễn Thị Hoà" -> "nguyen thi hoa"."""
    return unmarked(fold(name))


def ordered(name: str) -> str:
    """A text by which a database puts names in the order of a Vietnamese list."""
    return " ".join(f"{letters}{tone}" for letters, tone in name_order(name))
