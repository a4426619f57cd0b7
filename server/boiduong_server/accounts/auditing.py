"""What officers did that is no entry of the ledger: written, read, never changed."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from boiduong_records.chunks import chunks
from boiduong_vocabulary.vietnamese import nfc
from sqlalchemy import ColumnElement, Connection, insert, select

from boiduong_server.accounts.account import Account
from boiduong_server.tables import AUDIT

PAGE = 50
LABELS = {
    "account.made": "Lập tài khoản",
    "account.reset": "Cấp lại mật khẩu lần đầu",
    "account.locked": "Khóa tài khoản",
    "account.unlocked": "Mở khóa tài khoản",
    "account.phone": "Đổi số điện thoại",
    "grant.given": "Giao vai trò",
    "grant.revoked": "Thôi vai trò",
    "token.made": "Cấp mã truy cập dữ liệu",
    "package.added": "Tải gói bài lên",
    "package.described": "Khai báo gói bài",
    "package.removed": "Gỡ gói bài",
    "data.restored": "Khôi phục dữ liệu",
    "sitting.answered": "Trả lời ý kiến về điểm danh",
    "correction.asked": "Đề nghị đính chính điểm danh",
    "correction.declined": "Không duyệt đính chính",
    "correction.withdrawn": "Rút đề nghị đính chính",
    "sitting.opened": "Mở điểm danh",
    "sitting.unopened": "Thôi mở điểm danh",
    "sitting.counted": "Ghi sĩ số",
    "sitting.written": "Ghi danh sách điểm danh",
    "sitting.confirmed": "Xác nhận mã gửi sau",
    "sitting.stayed": "Ghi ở lại đến hết buổi",
    "sitting.closed": "Kết thúc điểm danh",
    "sitting.reopened": "Mở lại điểm danh",
}
"""What is said of an action; one that is not among them is shown by its own name."""


@dataclass(frozen=True)
class Noted:
    """One line of the log. `who` is code and name as they were then; `detail` is what the action says of itself."""

    id: int
    at_ms: int
    who: str
    action: str
    target: str
    detail: dict[str, Any]

    @property
    def label(self) -> str:
        return LABELS.get(self.action, self.action)

    @property
    def told(self) -> str:
        """The detail in one line."""
        return "; ".join(f"{name}: {value}" for name, value in self.detail.items())


def note(  # noqa: PLR0913, PLR0917
    connection: Connection,
    account: Account | None,
    action: str,
    target: str,
    detail: Mapping[str, Any],
    now_ms: int,
) -> None:
    """Write down what `account` (None: the command on the server itself) did to `target`, within the transaction that
    does it. `detail` is in Vietnamese, as it will be read; no secret belongs there."""
    who = f"{account.name} ({account.code})" if account else "lệnh trên máy chủ"
    connection.execute(
        insert(AUDIT).values(
            at_ms=now_ms, user=account.user if account else None, who=who, action=action, target=nfc(target),
            detail=json.dumps(dict(detail), ensure_ascii=False),
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Lines of this action (empty: any), with this text in who or target, older than line `before` (0: the latest)."""

    action: str = ""
    text: str = ""
    before: int = 0


def noted(connection: Connection, asked: Asked, users: Collection[int] | None) -> list[Noted]:
    """The latest lines of what these users did (None: everybody, and the command), one page and one line more."""
    query = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(PAGE + 1).where(*_conditions(asked))
    if users is None:
        found = list(connection.execute(query))
    else:
        some = (connection.execute(query.where(AUDIT.c.user.in_(each))) for each in chunks(sorted(users)))
        found = sorted((row for rows in some for row in rows), key=attrgetter("id"), reverse=True)[: PAGE + 1]
    return [Noted(row.id, row.at_ms, row.who, row.action, row.target, json.loads(row.detail or "{}")) for row in found]


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.action:
        yield AUDIT.c.action == asked.action
    if text := nfc(asked.text).strip():
        yield AUDIT.c.who.icontains(text, autoescape=True) | AUDIT.c.target.icontains(text, autoescape=True)
    if asked.before:
        yield AUDIT.c.id < asked.before
