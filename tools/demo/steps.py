"""The walk of the sample office: every command in its order, from the first list to the last paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from boiduong_vocabulary.command import FINE, PROBLEMS
from boiduong_vocabulary.vietnamese import show_date

from tools.demo.cadres import OUTSIDE
from tools.demo.files import ON_OPEN_EDX, Desk
from tools.demo.mistakes import UNREADABLE, WRONG
from tools.demo.province import CENTRE, PROVINCE

_BY = ("--by", "Người lập sổ (mẫu)")
_TWO = (*_BY, "--approved-by", "Người phê duyệt (mẫu)")
_REVIEWED = ("X01", "X16", "SNV", "TCT")


@dataclass(frozen=True)
class Step:
    """One command. `said` tells a reader what it does; `words` are known once what earlier steps said is (`told`, by
    step's name). `expected` is its exit code: a step that shows how a fault is told ends with problems."""

    said: str
    words: Callable[[dict[str, str]], list[object]]
    expected: int = FINE
    name: str = ""


@dataclass(frozen=True)
class Walk:
    """Where the books are, where the papers go, and the day they are made for."""

    desk: Desk
    catalog: Path
    books: Path
    papers: Path
    today: date

    def steps(self) -> Iterator[Step]:
        yield from self._lists()
        yield from self._sheets()
        yield from self._corrections()
        yield from self._decisions()
        yield from self._studied()
        yield from self._reports()
        yield from self._to_be_signed()
        yield _step("Sổ còn nguyên vẹn", "ledger", "verify", "--books", self.books)

    def _lists(self) -> Iterator[Step]:
        desk = self.desk
        yield self.brought(
            "Lập sổ mẫu: tổ chức trước và sau hợp nhất, nhiệm kỳ", "organizations", desk.organizations, "--sample"
        )
        yield self.brought("Danh sách cán bộ", "roster", desk.roster)
        yield self.brought("Danh mục của chương trình đã đóng gói", "catalog", self.catalog)
        yield self.brought("Lớp, buổi, điểm học, chuyên đề", "classes", desk.classes)
        yield self.brought("Kế hoạch năm", "plan", desk.plan)
        yield self.brought("Tài khoản học trực tuyến", "accounts", desk.accounts)
        yield self.brought("Học viên của các lớp có tự học", "enrolment", desk.enrolment)

    def _sheets(self) -> Iterator[Step]:
        for path in self.desk.attendance:
            wrong = path.stem == UNREADABLE
            said = f"Điểm danh lớp {path.stem}" + (": một dòng ghi sai, lệnh chỉ ra ô phải sửa" if wrong else "")
            yield self.brought(said, "attendance", path, expected=PROBLEMS if wrong else FINE)

    def _corrections(self) -> Iterator[Step]:
        """A row that was refused is brought again; a row that was wrong takes a reversal first."""
        sheets = {path.stem.removesuffix("-sua"): path for path in self.desk.corrected}
        yield self.brought("Nhập dòng đã sửa", "attendance", sheets[UNREADABLE])
        said = "Một người có dự bị ghi vắng: sổ không tự sửa, lệnh nói phải đảo mục nào"
        yield self.brought(said, "attendance", sheets[WRONG], expected=PROBLEMS, name="clash")
        reverse = ("--reason", "ghi nhầm vắng (mẫu)", *_TWO, "--books", self.books)
        yield Step(
            "Đảo mục sai, có lý do và hai người", lambda told: ["ledger", "reverse", _entry(told["clash"]), *reverse]
        )
        yield self.brought("Nhập lại dòng đúng", "attendance", sheets[WRONG])

    def _decisions(self) -> Iterator[Step]:
        """Rulings on a bridged class; for one person relief, for one of the highest a class of the Academy."""
        ill, high = self._someone(PROVINCE), self._someone(CENTRE)
        said = "Điểm cầu lớp L2026-06 được coi là trực tiếp"
        yield self._decided(said, "TB 21-TB/TU (mẫu)", "form", "L2026-06", "--counts", "yes")
        said = "Miễn cho một người nghỉ chữa bệnh"
        yield self._decided(said, "TB 22-TB/TU (mẫu)", "exempt", ill, "--from", "01/03/2026")
        elsewhere = ("--title", "Lớp của Học viện (mẫu)", "--from", "07/09/2026", "--to", "11/09/2026", "--days", "5")
        said = "Công nhận một lớp học nơi khác"
        yield self._decided(said, "TB 23-TB/TU (mẫu)", "recognize", high, *elsewhere)

    def _studied(self) -> Iterator[Step]:
        """Logs have lines of accounts that nobody knows, and one is torn off: those are told, the others taken."""
        for path in self.desk.logs:
            yield self._logged(f"Nhật ký học tập {path.name}", path)
        yield self._logged("Nhật ký Open edX", self.desk.tracking, "--class", ON_OPEN_EDX)
        yield _step(
            "Niêm phong thời gian học thành minh chứng", "seal", *_BY, "--books", self.books, "--rules", self.desk.rules
        )

    def _reports(self) -> Iterator[Step]:
        whole = [
            word for ending in ("xlsx", "pdf", "json", "csv") for word in ("--out", self.papers / f"tinh.{ending}")
        ]
        yield self._reported("Báo cáo của tỉnh", "report", "province", PROVINCE, *whole)
        for code in _REVIEWED:
            yield self._reported(
                f"Danh sách của {code}", "report", "unit", code, "--out", self.papers / f"don-vi-{code}.xlsx"
            )
        code = self.desk.shown
        yield self._reported("Phiếu của một người", "explain", code, "--pdf", self.papers / f"phieu-{code}.pdf")

    def _to_be_signed(self) -> Iterator[Step]:
        """The papers that people sign: the draft of the review, and the slips of all in one ward."""
        out = self.papers / "bao-cao-so-ket.docx"
        yield self._reported("Dự thảo báo cáo sơ kết", "report", "review", PROVINCE, "--out", out)
        out = self.papers / "phieu-tinh-ngay-X01.pdf"
        yield self._reported("Phiếu tính ngày của một đơn vị", "report", "slips", "X01", "--out", out)

    # How commands are written ---------------------------------------------------------------------------------------

    def brought(self, said: str, kind: str, path: Path, *more: object, expected: int = FINE, name: str = "") -> Step:
        words = ["import", kind, path, *more, *_BY, "--books", self.books, "--rules", self.desk.rules]
        return Step(said, lambda _: words, expected, name)

    def _logged(self, said: str, path: Path, *more: object) -> Step:
        return self.brought(said, "log", path, *more, expected=PROBLEMS)

    def _decided(self, said: str, document: str, *words: object) -> Step:
        why = ("--document", document, "--reason", "quyết định mẫu", *_TWO)
        return _step(said, "decide", *words, *why, "--books", self.books, "--rules", self.desk.rules)

    def _reported(self, said: str, *words: object) -> Step:
        day = ("--as-of", show_date(self.today), "--books", self.books, "--rules", self.desk.rules)
        return _step(said, *words, *day)

    def _someone(self, authority: str) -> str:
        """The first cadre whom `authority` manages today."""
        return next(
            cadre.code for cadre in self.desk.cadres
            if (post := cadre.post_on(self.today)) and post.authority == authority != OUTSIDE
        )  # fmt: skip


def _step(said: str, *words: object) -> Step:
    return Step(said, lambda _: list(words))


def _entry(told: str) -> str:
    """The number of the entry that the refusal names."""
    return told.partition("ledger reverse ")[2].split()[0]
