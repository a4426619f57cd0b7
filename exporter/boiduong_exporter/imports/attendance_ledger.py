"""Attendance and results of a sheet or a log, held against what the ledger has of the same people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from boiduong_records.bodies import decode, live, reversed_seqs
from boiduong_records.chunks import chunks
from boiduong_records.entry import Draft
from boiduong_records.merging import roots
from boiduong_records.tables import BODY, CADRE, LEDGER
from boiduong_vocabulary.canonical import canonical, digest
from boiduong_vocabulary.evidence import NAMES, Attendance, Evidence, Result
from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import Connection, select

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.answers import No

Said = Attendance | Result
About = tuple[str, ...]
_KINDS = (NAMES[Attendance], NAMES[Result])


@dataclass(frozen=True)
class Files:
    """The keys under which the ledger knows each person: one, or several after a merger of files."""

    subjects: Mapping[int, str]
    """Of each cadre."""
    families: Mapping[str, tuple[str, ...]]
    """Of each person's own key, all of that person, where there are several."""

    def all_of(self, subject: str) -> tuple[str, ...]:
        return self.families.get(subject, (subject,))


def files(connection: Connection) -> Files:
    subjects = dict(connection.execute(select(CADRE.c.cadre, CADRE.c.subject)).all())
    families: dict[str, list[str]] = defaultdict(list)
    for absorbed, root in roots(connection).items():
        families[subjects[root]].append(subjects[absorbed])
    return Files(subjects, {own: tuple(dict.fromkeys((own, *others))) for own, others in families.items()})


@dataclass(frozen=True)
class Entered:
    """An entry as it stands (`seq` 0: a row above), and the key it stands under."""

    seq: int
    subject: str
    said: Said


class Known:
    """What the ledger and the rows or lines so far say of these people."""

    def __init__(self, connection: Connection, known: Files, people: set[str]) -> None:
        self._own = {subject: own for own in people for subject in known.all_of(own)}
        self._stands: dict[tuple[str, About], Entered] = {}
        for seq, subject, kind, body in live(connection, set(self._own)):
            if kind in _KINDS:
                self._keep(Entered(seq, subject, _decoded(kind, body)))
        self._taken_back = frozenset(_taken_back(connection, set(self._own)))

    def clashes(self, subject: str, said: Iterable[Said]) -> Iterator[No]:
        for each in said:
            entered = self._stands.get((subject, about(each)))
            if entered and not _agree(entered.said, each):
                yield _otherwise(entered.seq, each)
            elif not entered and (subject, each) in self._taken_back:
                hint = "sửa dòng này; nếu dòng này mới đúng, ghi thêm điểm học hoặc giờ vào, giờ ra rồi nhập lại"
                yield No(Code.ENTERED_OTHERWISE, f"{_what(each)} ghi như dòng này đã bị đảo khỏi sổ", hint)

    def stands(self, subject: str, said: Said) -> bool:
        """Whether something is entered of this already."""
        return (subject, about(said)) in self._stands

    def drafts(self, subject: str, said: Iterable[Said], author: str) -> Iterator[Draft]:
        """The entries that a row without clashes makes; one that stands already has its own words."""
        for each in said:
            entered = self._stands.get((subject, about(each))) or Entered(0, subject, each)
            self._keep(entered)
            yield draft(entered, author)

    def _keep(self, entered: Entered) -> None:
        self._stands.setdefault((self._own[entered.subject], about(entered.said)), entered)


def about(said: Said) -> About:
    """What one entry may speak of only once."""
    if isinstance(said, Attendance):
        return (NAMES[Attendance], said.class_code, said.date.isoformat(), said.half)
    return (NAMES[Result], said.class_code)


def _decoded(kind: str, body: str) -> Said:
    said = decode(kind, body)
    assert isinstance(said, Attendance | Result)
    return said


def _taken_back(connection: Connection, subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    for some in chunks(sorted(subjects)):
        for seqs in chunks(sorted(reversed_seqs(connection, some))):
            entries = select(LEDGER.c.subject, LEDGER.c.kind, BODY.c.body).join(BODY, BODY.c.seq == LEDGER.c.seq)
            query = entries.where(LEDGER.c.seq.in_(seqs), LEDGER.c.kind.in_(_KINDS))
            yield from ((subject, decode(kind, body)) for subject, kind, body in connection.execute(query))


def _agree(entered: Said, said: Said) -> bool:
    """A result is the same though the class has got a later session."""
    if isinstance(entered, Result) and isinstance(said, Result):
        return replace(entered, date=said.date) == said
    return entered == said


def _otherwise(seq: int, said: Said) -> No:
    where = f"ở mục {seq} của sổ" if seq else "ở một dòng trên"
    command = f'boiduong ledger reverse {seq} --reason "…" --by "…" --approved-by "…"'
    hint = f"đính chính: {command}, rồi nhập lại tệp này" if seq else "giữ một dòng đúng"
    return No(Code.ENTERED_OTHERWISE, f"{_what(said)} đã ghi khác {where}", hint)


def _what(said: Said) -> str:
    return f"buổi {said.half.label} {show_date(said.date)}" if isinstance(said, Attendance) else "kết quả của lớp"


def draft(entered: Entered, author: str) -> Draft:
    """The entry of these words. The same about the same is the same source, whoever brings it and however often."""
    body = canonical(entered.said)
    source = "|".join((*about(entered.said), entered.subject, digest(body)))
    return Draft(NAMES[type(entered.said)], entered.subject, source, body, author)
