"""The tables of a class file: classes, sessions, places, topics."""

from collections.abc import Callable
from typing import Any

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Half

from boiduong_exporter.readers.fields import Field, Spec, choice, code, day, days, span, text, whole
from boiduong_exporter.rulebook.kinds import Kinds

CLASSES, SESSIONS, PLACES, TOPICS = "classes", "sessions", "places", "topics"
DELIVERIES = choice(
    {delivery.label: delivery.value for delivery in Delivery},
    {"Hội trường": "hall", "Trực tiếp": "hall", "Điểm cầu": "bridge", "Trực tuyến": "live", "Tự học": "self_paced"},
)
HALVES = choice({half.label: half.value for half in Half})
_IN_CLASS = Field("class_code", "Mã lớp", code, required=True, filled=True)


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    offered = {label: id_ for id_, label in kinds.classes.labels.items()}
    kind = choice(offered, {word: id_ for word, id_ in kinds.classes.ids.items() if word not in offered})
    scheme = choice({each: each for each in kinds.schemes})
    return (_class_spec(kind, scheme), _session_spec(), _place_spec(), _topic_spec())


def _class_spec(kind: Callable[[Any], Any], scheme: Callable[[Any], Any]) -> Spec:
    return Spec(
        CLASSES,
        "Lớp",
        (
            Field("code", "Mã lớp", code, required=True, filled=True),
            Field("name", "Tên lớp", text, required=True, filled=True),
            Field("kind", "Loại lớp", kind, ("Loại",), required=True, filled=True),
            Field("scheme", "Theo Quy định", scheme, ("Quy định",)),
            Field("audience", "Đối tượng", text, ("Đối tượng học",), required=True, filled=True),
            Field("lead", "Cơ quan chủ trì", text, ("Chủ trì", "Đơn vị chủ trì")),
            Field("coordinators", "Cơ quan phối hợp", text, ("Phối hợp",)),
            Field("venue", "Địa điểm", text),
            Field("program", "Chương trình", text),
            Field("document", "Quyết định mở lớp", text, ("Số quyết định", "Văn bản mở lớp")),
            Field("document_date", "Ngày quyết định", day),
            Field("days", "Số ngày", days, ("Số ngày học",)),
            Field("periods", "Số tiết", whole),
        ),
    )


def _session_spec() -> Spec:
    return Spec(
        SESSIONS,
        "Buổi",
        (
            _IN_CLASS,
            Field("date", "Ngày", day, ("Ngày học",), required=True, filled=True),
            Field("half", "Buổi", HALVES, required=True, filled=True),
            Field("delivery", "Hình thức", DELIVERIES, ("Hình thức học",), required=True, filled=True),
            Field("hours", "Giờ học", span, ("Thời gian", "Giờ")),
            Field("periods", "Số tiết", whole),
            Field("title", "Nội dung", text),
            Field("topics", "Mã chuyên đề", text, ("Các chuyên đề",)),
        ),
    )


def _place_spec() -> Spec:
    return Spec(
        PLACES,
        "Điểm học",
        (
            _IN_CLASS,
            Field("name", "Điểm học", text, ("Điểm", "Tên điểm", "Điểm cầu"), required=True, filled=True),
            Field("delivery", "Hình thức", DELIVERIES, required=True, filled=True),
            Field("monitor", "Người quản lý", text, ("Cán bộ quản lý lớp",)),
        ),
        optional=True,
    )


def _topic_spec() -> Spec:
    return Spec(
        TOPICS,
        "Chuyên đề",
        (
            _IN_CLASS,
            Field("topic", "Mã chuyên đề", code, required=True, filled=True),
            Field("title", "Tên chuyên đề", text),
            Field("edition", "Bản", text),
            Field("periods", "Số tiết", whole),
            Field("delivery", "Hình thức", DELIVERIES, required=True, filled=True),
        ),
        optional=True,
    )
