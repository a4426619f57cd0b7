"""Why studied time could not be counted: one exception, already said in Vietnamese."""

from boiduong_records.errors import BooksError


class StudyError(BooksError):
    """An engine that is not there, or a day's file that cannot be read. It is told at the same boundary as what the
    books refuse: `message_vi` says what is wrong, `hint_vi` what to do."""
