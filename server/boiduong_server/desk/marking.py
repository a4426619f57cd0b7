"""Lines as pages send them: a form, or what a page kept until it had a connection; each is answered by its own
number."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Annotated, Any

from boiduong_records.chunks import chunks
from boiduong_records.merging import roots
from boiduong_records.tables import CADRE
from flask import abort, flash, redirect, request
from msgspec import Meta, MsgspecError, Struct, json
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response as Redirect

from boiduong_server.attending.lines import Writer, Written, standing_nonces, write
from boiduong_server.attending.sheet import How, Mark
from boiduong_server.attending.sittings import Also, Sitting, nothing
from boiduong_server.desk.access import account, house
from boiduong_server.desk.running import writer
from boiduong_server.desk.times import minute_of_form

MOST = 500
"""Lines that are sent at once."""
LONGEST = 200
"""Letters of a reason."""
_Minute = Annotated[int, Meta(ge=0, lt=24 * 60)]


class Sent(Struct, frozen=True):
    """A line. `key` names the person, as the list does; `at_ms` is the server's clock as the page knew it."""

    key: Annotated[str, Meta(max_length=40)]
    mark: Mark
    at_ms: Annotated[int, Meta(ge=0, le=1 << 53)]
    nonce: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    came: _Minute | None = None
    left: _Minute | None = None
    reason: Annotated[str, Meta(max_length=LONGEST)] = ""


class _Body(Struct):
    lines: Annotated[list[Sent], Meta(max_length=MOST)]


@dataclass(frozen=True)
class Rules:
    """By which lines of one kind are taken: whom they may speak of, and why one of a known person is not (empty: it
    is). `also` is done with the number of lines by their marks where any was new."""

    how: How
    people: Mapping[str, int]
    why_not: Callable[[Sent, int], str]
    also: Callable[[Mapping[Mark, int]], Also] = lambda _: nothing


@dataclass(frozen=True)
class Answer:
    """`said` is why it was not taken."""

    nonce: str
    said: str = ""

    def told(self) -> dict[str, Any]:
        return {"nonce": self.nonce, "taken": not self.said, "said": self.said}


def sent_lines() -> list[Sent]:
    """What a page kept."""
    try:
        return json.decode(request.get_data(), type=_Body).lines
    except (MsgspecError, UnicodeDecodeError):
        abort(400)


def form_lines() -> list[Sent]:
    """The people who were chosen in the list's form, all with the same mark.

    Raises ServerError (422) for a time that nobody understands.
    """
    form, now_ms = request.form, house().now_ms()
    mark = next((each for each in Mark if each.value == form.get("viec")), None)
    if mark is None:
        abort(400)
    came, left = (minute_of_form(form.get(name, "")) for name in ("vao", "ra"))
    reason = form.get("ly-do", "").strip()[:LONGEST]
    return [Sent(key, mark, now_ms, token_hex(16), came, left, reason) for key in form.getlist("nguoi")[:MOST]]


def take(sitting: Sitting, sent: Iterable[Sent], rules: Rules) -> list[Answer]:
    """Write what may be written; an answer for each. What stands already is answered as it was."""
    lines, now_ms = [*sent], house().now_ms()
    with house().store.reading() as store:
        there = standing_nonces(store, [each.nonce for each in lines])
    answers = {each.nonce: "" if each.nonce in there else _why_not(sitting, each, rules) for each in lines}
    good = {each.nonce: each for each in lines if not answers[each.nonce] and each.nonce not in there}
    if good:
        marks = [each.mark for each in good.values()]
        also = rules.also({mark: marks.count(mark) for mark in Mark if mark in marks})
        written = [_written(each, rules.people[each.key]) for each in good.values()]
        write(house().store, sitting, Writer(account().user, writer(), rules.how), written, now_ms, also)
    return [Answer(nonce, said) for nonce, said in answers.items()]


def answered(answers: Collection[Answer], back: str) -> Redirect | dict[str, object]:
    """To a page that kept them, each by its number; to the form, in words on the page `back`."""
    if request.is_json:
        return {"answers": [each.told() for each in answers]}
    wrong = [each.said for each in answers if each.said]
    if wrong or not answers:
        flash(f"{wrong[0] if wrong else 'Chưa chọn ai trong danh sách'}.", "error")
    else:
        flash(f"Đã ghi {len(answers)} người.")
    return redirect(back, 303)


def _written(sent: Sent, cadre: int) -> Written:
    times = (sent.came, sent.left) if sent.mark is Mark.PRESENT else (None, None)
    return Written(cadre, sent.mark, sent.at_ms, sent.nonce, *times, sent.reason)


def _why_not(sitting: Sitting, sent: Sent, rules: Rules) -> str:
    if sitting.sealed_ms is not None:
        return "Buổi này đã niêm phong; sai sót thì đính chính, do hai người"
    cadre = rules.people.get(sent.key)
    if cadre is None:
        return "Không có người này trong danh sách lớp"
    if sent.mark is Mark.PRESENT and min(sent.at_ms, house().now_ms()) < sitting.from_ms:
        return "Chưa đến giờ điểm danh của buổi này"
    if sent.came is not None and sent.left is not None and sent.left <= sent.came:
        return "Giờ ra không sau giờ vào"
    return rules.why_not(sent, cadre)


def cadres_by_key(books: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The people of these keys, each by the file that counts."""
    root = roots(books)
    found: dict[str, int] = {}
    for piece in chunks({*keys}):
        query = select(CADRE.c.subject, CADRE.c.cadre).where(CADRE.c.subject.in_(piece))
        found |= {subject: root.get(cadre, cadre) for subject, cadre in books.execute(query)}
    return found
