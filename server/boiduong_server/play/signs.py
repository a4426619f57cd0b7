"""What the frame tells the server of its launch: signs of the study clock, and the run-time data of SCOs."""

from flask import Blueprint, Response, request

from boiduong_server.play.launches import house, sender
from boiduong_server.study.arriving import take, take_signs, take_walk

BLUEPRINT = Blueprint("signs", __name__)
_KEPT, _COUNTED, _STALE = ('{"result":true,"errorCode":0}', '{"stale":false}', '{"stale":true}')
"""What is said with every beat and commit, written once."""


@BLUEPRINT.post("/phien/<token>/nhip")
def signs(token: str) -> Response:
    """Signs since the last message; `stale`: a newer launch counts now, and this one's later time does not."""
    now_ms = house().now_ms()
    taken = take_signs(house(), sender(token), request.get_data(), now_ms)
    return _said(_STALE if taken.stale else _COUNTED)


@BLUEPRINT.post("/phien/<token>/ghi")
def commit(token: str) -> Response:
    """What scorm-again takes for an answer. Beacons come as text/plain: the content type says nothing."""
    take(house(), sender(token), request.get_data(), house().now_ms())
    return _said(_KEPT)


@BLUEPRINT.post("/phien/<token>/cho")
def walk(token: str) -> Response:
    """Where the learner stands, when an item is opened."""
    take_walk(house(), sender(token), request.get_data(), house().now_ms())
    return _said(_KEPT)


def _said(text: str) -> Response:
    return Response(text, content_type="application/json")
