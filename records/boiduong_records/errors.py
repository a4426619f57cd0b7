"""What a caller of the books must decide about: one exception, already said in Vietnamese."""


class BooksError(Exception):
    """The books refuse. `message_vi` says what is wrong and where, `hint_vi` what to do."""

    def __init__(self, message_vi: str, hint_vi: str = "") -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi
        self.hint_vi = hint_vi

    def __str__(self) -> str:
        return f"{self.message_vi}\n    → {self.hint_vi}" if self.hint_vi else self.message_vi
