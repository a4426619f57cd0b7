"""What the server refuses, in words for the person before the screen."""


class ServerError(Exception):
    """Something that cannot be done: why, and what to do. `status` is HTTP's number."""

    def __init__(self, message_vi: str, hint_vi: str = "", status: int = 400) -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi
        self.hint_vi = hint_vi
        self.status = status


class StoreError(ServerError):
    """The database is busy or refuses; nothing of the request was kept."""

    def __init__(self, message_vi: str, hint_vi: str) -> None:
        super().__init__(message_vi, hint_vi, 503)
