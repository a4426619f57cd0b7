"""Why a row or a line is not taken: the same words for all that are alike, whichever file they stand in."""

from typing import NamedTuple

from boiduong_exporter.faults import Code


class No(NamedTuple):
    """`private` is what must be told on the screen and kept nowhere: an account, an e-mail address."""

    code: Code
    message: str
    hint: str
    private: str = ""
