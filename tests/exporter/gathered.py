"""What the count is handed of one person."""

from typing import Any

from boiduong_exporter.gathering.people import everyone, with_evidence
from boiduong_vocabulary.evidence import Evidence

from tests.exporter.studied import Study


def standing(study: Study, kind: type[Evidence], code: str) -> list[Any]:
    """The parts of study days that the person with this code has (other kinds: the evidence itself), empty ones left
    out."""
    with study.books.reading() as connection:
        people = [who for who in everyone(connection) if who.code == code]
        ((_, person),) = with_evidence(connection, people)
    found = [piece.evidence for piece in person.pieces if isinstance(piece.evidence, kind)]
    return [said for each in found if (said := getattr(each, "parts", each))]
