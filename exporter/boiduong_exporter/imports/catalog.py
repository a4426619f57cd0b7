"""What a build of topics produced (catalog.json), so that a class can fix the edition it teaches."""

from dataclasses import asdict

from boiduong_records.receipts import Outcome, Receipt
from boiduong_records.tables import CATALOG
from boiduong_records.versions import find
from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.catalog import Catalog, from_json, to_json
from boiduong_vocabulary.problem import Place
from msgspec import ValidationError, convert

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.intake import Desk, Intake, Take
from boiduong_exporter.readers.sheet import Reading


def take_of(data: bytes, name: str) -> Take:
    """How the bytes of a catalog are taken in."""

    def take(desk: Desk, _reading: Reading, intake: Intake) -> None:
        try:
            row = _row(data)
        except (ValueError, RecursionError, ValidationError):
            message, hint = "không phải danh mục chương trình", "chọn tệp catalog.json do «boiduong build» ghi ra"
            intake.problems.append(fault(Code.NOT_A_CATALOG, Place(name), message, hint))
            intake.receipts.append(Receipt(name, Outcome.REFUSED, Code.NOT_A_CATALOG, message))
            return
        changes = find(desk.connection, CATALOG, [row])
        intake.changes.append((CATALOG, changes))
        intake.receipts.append(Receipt(name, Outcome.TAKEN if changes else Outcome.UNCHANGED))

    return take


def _row(data: bytes) -> dict[str, str]:
    """Raises ValueError, RecursionError or ValidationError for bytes that are no catalog."""
    catalog = convert(asdict(from_json(data.decode("utf-8-sig"))), Catalog)  # each value of its type
    if not catalog.id:
        raise ValueError("a catalog without a program")
    body = to_json(catalog)
    return {"program": catalog.id, "edition": catalog.edition, "digest": digest(body.encode()), "body": body}
