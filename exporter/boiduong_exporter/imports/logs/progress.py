"""From what a log says of progress and grades to evidence: the furthest completion, the time that a package reports,
the result of a class. Evidence that says no more than the ledger does already is not entered again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from boiduong_records.bodies import decode, live, reversed_seqs
from boiduong_records.chunks import chunks
from boiduong_records.entry import Draft
from boiduong_records.tables import BODY, CADRE, LEDGER
from boiduong_vocabulary.canonical import canonical, digest
from boiduong_vocabulary.catalog import TopicEntry
from boiduong_vocabulary.evidence import NAMES, Completion, Evidence, Reported, Result
from boiduong_vocabulary.vietnamese import local_day
from sqlalchemy import Connection, select

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.logs.catalogs import Catalogs
from boiduong_exporter.imports.logs.gathered import Gathered, Stream
from boiduong_exporter.logs.record import Grade, Progress

_OF_LOGS = frozenset({NAMES[Completion], NAMES[Reported], NAMES[Result]})


@dataclass
class Said:
    """What lines say together: the drafts (the lines are then taken), or why they are refused, or nothing new."""

    lines: list[int]
    drafts: list[Draft]
    no: No | None = None


class Standing:
    """What the ledger holds already of the people of a log."""

    def __init__(self, connection: Connection, cadres: set[int]) -> None:
        rows = connection.execute(select(CADRE.c.cadre, CADRE.c.subject))
        self.subjects: dict[int, str] = {cadre: subject for cadre, subject in rows if cadre in cadres}
        self.completions: dict[tuple[str, str, str, str], Completion] = {}
        self.reported: dict[tuple[str, str, str, str, str], Reported] = {}
        self.results: dict[tuple[str, str], list[Result]] = defaultdict(list)
        for _, subject, kind, body in live(connection, self.subjects.values()):
            if kind in _OF_LOGS:
                self.keep(subject, decode(kind, body))
        self.taken_back = frozenset(_taken_back(connection, list(self.subjects.values())))

    def keep(self, subject: str, said: Evidence) -> None:
        match said:
            case Completion():
                key = (subject, said.class_code, said.topic, said.edition)
                self.completions[key] = further(self.completions.get(key), said)
            case Reported():
                self.reported[(subject, said.class_code, said.topic, said.edition, said.system)] = said
            case Result():
                self.results[(subject, said.class_code)].append(said)
            case _:
                raise TypeError(f"no evidence of a log: {said!r}")


def _taken_back(connection: Connection, subjects: list[str]) -> Iterator[str]:
    """The sources of entries that people have taken back: what a log says again does not bring them back."""
    for some in chunks(subjects):
        for seqs in chunks(sorted(reversed_seqs(connection, some))):
            entries = select(LEDGER.c.kind, LEDGER.c.subject, BODY.c.body).join(BODY, BODY.c.seq == LEDGER.c.seq)
            for kind, subject, body in connection.execute(entries.where(LEDGER.c.seq.in_(seqs))):
                yield _source(kind, subject, body.encode())


def _source(kind: str, subject: str, body: bytes) -> str:
    return f"{kind}|log|{subject}|{digest(body)}"


@dataclass(frozen=True)
class Writer:
    """Makes evidence of what was gathered; `system` is what the log is of."""

    standing: Standing
    catalogs: Catalogs
    system: str
    author: str

    def all(self, gathered: Gathered) -> Iterator[Said]:
        for stream, progress in gathered.progress.items():
            yield self._of_topic(stream, sorted(progress, key=_by_time))
        for (cadre, class_code), grades in gathered.grades.items():
            yield self._of_class(cadre, class_code, max(grades, key=_by_time), [grade.line for grade in grades])

    def _of_topic(self, stream: Stream, progress: list[Progress]) -> Said:
        cadre, (class_code, topic, edition) = stream
        lines = [each.line for each in progress]
        entry = self.catalogs.entry(topic, edition)
        if entry is None:
            message = f"chưa có chuyên đề «{topic}», bản «{edition}», trong danh mục chương trình"
            hint = "nhập catalog.json của bản ấy («boiduong import catalog»), rồi nhập lại nhật ký này"
            return Said(lines, [], No(Code.UNKNOWN_STUDY, message, hint))
        subject = self.standing.subjects[cadre]
        reported = _reported(class_code, entry, progress, self.system)
        said: list[Completion | Reported] = [*self._completed(subject, class_code, entry, progress)]
        said += self._told(subject, reported)
        for each in said:
            self.standing.keep(subject, each)
        return self._said(lines, [self._draft(subject, each) for each in said])

    def _completed(
        self, subject: str, class_code: str, entry: TopicEntry, progress: Iterable[Progress]
    ) -> Iterator[Completion]:
        """The furthest state, where it is further than the ledger's."""
        before = self.standing.completions.get((subject, class_code, entry.id, entry.edition))
        now = before
        for each in progress:
            if (state := _completion(class_code, entry, each)) is not None:
                now = further(now, state)
        if now is not None and now != before:
            yield now

    def _told(self, subject: str, reported: Reported | None) -> Iterator[Reported]:
        if reported is None:
            return
        key = (subject, reported.class_code, reported.topic, reported.edition, reported.system)
        before = self.standing.reported.get(key)
        if before is None or ((reported.date, reported.ms) > (before.date, before.ms) and reported.ms != before.ms):
            yield reported

    def _of_class(self, cadre: int, class_code: str, last: Grade, lines: list[int]) -> Said:
        """A grade replaces a lower one of the same system; a result that people entered is theirs to correct."""
        subject = self.standing.subjects[cadre]
        result = Result(class_code, local_day(last.at_ms), last.score, None, self.system)
        found = self.standing.results[(subject, class_code)]
        if any(each.assessor != self.system and each.score != result.score for each in found):
            message = f"kết quả của lớp «{class_code}» đã ghi khác, từ bảng điểm danh"
            hint = "nếu bảng ghi sai, đảo mục ấy («boiduong ledger reverse») rồi nhập lại nhật ký này"
            return Said(lines, [], No(Code.ENTERED_OTHERWISE, message, hint))
        if any((each.score or 0) >= last.score for each in found):
            return Said(lines, [])
        self.standing.keep(subject, result)
        return self._said(lines, [self._draft(subject, result)])

    def _said(self, lines: list[int], drafts: list[Draft]) -> Said:
        if all(draft.source in self.standing.taken_back for draft in drafts) and drafts:
            return Said(lines, [], _TAKEN_BACK)
        return Said(lines, [draft for draft in drafts if draft.source not in self.standing.taken_back])

    def _draft(self, subject: str, said: Evidence) -> Draft:
        kind, body = NAMES[type(said)], canonical(said)
        return Draft(kind, subject, _source(kind, subject, body), body, self.author)


_TAKEN_BACK = No(
    Code.ENTERED_OTHERWISE,
    "kết quả ghi như các dòng này đã bị đảo khỏi sổ",
    "nếu kết quả ấy đúng, ghi bằng bảng điểm danh hoặc quyết định; nhật ký không đưa lại mục đã đảo",
)


def further(before: Completion | None, said: Completion) -> Completion:
    """Both states put together: no section is unseen, no score lost. The day is the one on which it came so far."""
    if before is None:
        return said
    scores = [each.score for each in (before, said) if each.score is not None]
    together = replace(
        before, sections_done=max(before.sections_done, said.sections_done), score=max(scores, default=None)
    )
    return before if together == before else replace(together, date=said.date)


def _completion(class_code: str, entry: TopicEntry, progress: Progress) -> Completion | None:
    """The state of one line; None where it says nothing of sections. A package that calls itself complete has seen to
    the mark of its own edition."""
    sections = len(entry.sections)
    done = sections if progress.completed else progress.sections_done
    if done is None:
        return None
    asks = bool(entry.questions) and not (progress.completed and progress.score is None)
    score = (progress.score or 0) if asks else None
    return Completion(
        class_code, entry.id, entry.edition, local_day(progress.at_ms), min(done, sections), sections, score,
        entry.pass_mark, entry.minimum_seconds,
    )  # fmt: skip


def _reported(class_code: str, entry: TopicEntry, progress: Iterable[Progress], system: str) -> Reported | None:
    """The last that the package says of all its time."""
    told = [(_day(each), each.reported_ms) for each in progress if each.reported_ms]
    if not told:
        return None
    day, ms = told[-1]
    return Reported(class_code, entry.id, entry.edition, day, ms or 0, system)


def _day(progress: Progress) -> date:
    return local_day(progress.at_ms)


def _by_time(each: Any) -> tuple[int, int]:
    return each.at_ms, each.line
