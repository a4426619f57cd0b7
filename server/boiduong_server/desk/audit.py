"""«Nhật ký»: what officers did that is no entry of the ledger."""

from flask import Blueprint, render_template, request

from boiduong_server.accounts.auditing import LABELS, PAGE, Asked, noted
from boiduong_server.accounts.listing import users_within
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import scope_of
from boiduong_server.desk.access import account, allow, house

BLUEPRINT = Blueprint("audit", __name__)
_LAST = 2**53
"""No line has a higher number; SQLite takes none beyond 64 bits."""
_READERS = (Role.AUDITOR, Role.ADMINISTRATOR)


@BLUEPRINT.get("/nhat-ky")
@allow(*_READERS)
def log() -> str:
    """What was done by people of the reader's scope, the latest first."""
    before = min(request.args.get("truoc", 0, type=int), _LAST)
    asked = Asked(request.args.get("viec", ""), request.args.get("tim", ""), before)
    with house().books.reading() as books, house().store.reading() as store:
        scope = scope_of(books, account(), house().today, _READERS)
        found = noted(store, asked, users_within(store, scope))
    return render_template("audit/log.html", lines=found[:PAGE], more=len(found) > PAGE, asked=asked, labels=LABELS)
