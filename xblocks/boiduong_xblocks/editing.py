"""The form in Studio for what an author sets in a block, and the request that keeps it.

XBlock has such a mixin (xblock.utils.studio_editable) that imports Django, which our blocks do without. Whoever knows
it finds its names here: `editable_fields`, the handler and its body, `clean_studio_edits`, `validate_field_data`.
"""

from types import SimpleNamespace
from typing import Any

from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import Boolean, Field, Integer
from xblock.validation import Validation, ValidationMessage

from boiduong_xblocks.base import Block
from boiduong_xblocks.words import marked

_UNREADABLE = marked("Không đọc được tin của khung sửa: đóng lại rồi mở lần nữa.")
_TEXTS = {
    "reset": marked("Về mặc định"),
    "yes": marked("Có"),
    "no": marked("Không"),
    "saved": marked("Đã lưu."),
    "unsaved": marked("Chưa lưu được"),
    "faulty": marked("Chưa lưu: có ô cần sửa."),
    "offline": marked("Chưa lưu: kiểm tra kết nối mạng rồi bấm lại."),
    "expired": marked("Chưa lưu: phiên đăng nhập đã hết, đăng nhập lại ở cửa sổ khác rồi bấm lại."),
    "failed": marked("Chưa lưu: máy chủ không nhận. Đóng khung sửa, mở lại rồi thử lần nữa."),
}
"""What the script says, by the name it has there."""


class FieldMessage(ValidationMessage):
    """What is wrong with one field: the form says it beside that field, Studio's own page as any other message."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(ValidationMessage.ERROR, text)
        self.field = field

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "field": self.field}


class Edited(Block):
    """A block whose `editable_fields` (texts, whole numbers, yes or no) an author changes in Studio. A field made with
    `resettable_editor=False` cannot be put back to its default."""

    editable_fields: tuple[str, ...] = ()

    def studio_view(self, context: Any = None) -> Fragment:
        arguments = {
            "id": f"boiduong-editor-{self.scope_ids.usage_id}",
            "fields": [self._asked(name) for name in self.editable_fields],
            "texts": {name: self.say(text) for name, text in _TEXTS.items()},
        }
        return self.live_page(
            "editor.html", "editor", arguments,
            title=self.heading, save=self.say(marked("Lưu")), cancel=self.say(marked("Thôi")),
        )  # fmt: skip

    @XBlock.json_handler
    def submit_studio_edits(self, data: Any, suffix: str = "") -> dict[str, str]:
        """`data`: `values`, what was typed by field; `defaults`, the fields to put back. Fields in neither stay. All of
        it is kept or, where anything is wrong, nothing: then 400 with the messages, each with its `field`.

        Who may do so, the platform decides: to learners it hands settings to read alone (LmsFieldData)."""
        typed, resets = self._read(data)
        self.clean_studio_edits(typed)
        validation = Validation(self.scope_ids.usage_id)
        self.validate_field_data(validation, self._after(typed, resets))
        if not validation:
            raise JsonHandlerError(400, validation.to_json())
        for name, value in typed.items():
            setattr(self, name, value)
        for name in resets:
            self.fields[name].delete_from(self)
        return {"result": "success"}

    def validate(self) -> Validation:
        """What Studio says on the page of the unit."""
        validation = super().validate()
        self.validate_field_data(validation, self)
        return validation

    # What a block says of its own fields ------------------------------------------------------------------------------

    def as_typed(self, name: str, value: Any) -> str:
        """The value of the field as its author would type it; `true` or `false` of those that say yes or no."""
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    def clean_studio_edits(self, data: dict[str, Any]) -> None:
        """Put right in `data`, values by field, what is meant and not quite written so."""

    def validate_field_data(self, validation: Validation, data: Any) -> None:
        """Add to `validation` what is wrong with the fields that are attributes of `data`; a number that could not be
        read is None."""

    def refuse(self, validation: Validation, field: str, text: str) -> None:
        validation.add(FieldMessage(field, self.say(text)))

    # The form and back ------------------------------------------------------------------------------------------------

    def _asked(self, name: str) -> dict[str, Any]:
        """What the script draws of a field. `value` is what holds now, `default` what will where it is put back, which
        `resets` says can be done."""
        field = self.fields[name]
        is_set = field.is_set_on(self)
        value = self.as_typed(name, field.read_from(self))
        resets = is_set and _is_resettable(field)
        return {
            "name": name,
            "kind": "choice" if isinstance(field, Boolean) else "number" if isinstance(field, Integer) else "text",
            "label": self.say(field.display_name),
            "help": self.say(field.help) if field.help else "",
            "value": value if is_set else self._said(value),
            "default": self._said(self.as_typed(name, field.default)) if resets else "",
            "resets": resets,
        }

    def _said(self, default: str) -> str:
        """Names that nobody changed are said in the page's language."""
        return self.say(default) if default else ""

    def _read(self, data: Any) -> tuple[dict[str, Any], list[str]]:
        """Values by field, and the fields to put back, of those that are ours to change."""
        values, defaults = (data.get("values"), data.get("defaults")) if isinstance(data, dict) else (None, None)
        if not isinstance(values, dict) or not isinstance(defaults, list):
            raise JsonHandlerError(400, self.say(_UNREADABLE))
        fields = {name: self.fields[name] for name in self.editable_fields}
        typed = {name: _value(field, values[name]) for name, field in fields.items() if name in values}
        resets = [
            name
            for name, field in fields.items()
            if name in defaults and name not in typed and field.is_set_on(self) and _is_resettable(field)
        ]
        return typed, resets

    def _after(self, typed: dict[str, Any], resets: list[str]) -> SimpleNamespace:
        """The fields as they would be: the block itself is not touched before all is right, for it is saved after a
        refusal too."""
        fields = {name: self.fields[name] for name in self.editable_fields}
        now = {name: field.default if name in resets else field.read_from(self) for name, field in fields.items()}
        return SimpleNamespace(**{**now, **typed})


def _is_resettable(field: Field) -> bool:
    return bool(field.runtime_options.get("resettable_editor", True))


def _value(field: Field, typed: Any) -> Any:
    """Texts without space around them; None for what cannot be read."""
    try:
        return field.from_json(typed.strip() if isinstance(typed, str) else typed)
    except (TypeError, ValueError, OverflowError):
        return None
