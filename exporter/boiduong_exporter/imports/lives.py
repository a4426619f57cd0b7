"""What a roster says of posts and managing bodies, put together with what the books have: a later fact ends the earlier
one the day before, and nothing that was true in its time is lost."""

from collections.abc import Iterable
from datetime import date, timedelta

from boiduong_records.people import Management, Post
from boiduong_vocabulary.vietnamese import fold

_DAY = timedelta(days=1)


class UndatedError(Exception):
    """Another managing body than the one in force, without the day from which it manages."""

    def __init__(self, believed: Management) -> None:
        super().__init__(believed.authority)
        self.believed = believed


# Posts ----------------------------------------------------------------------------------------------------------------


def posts_together(believed: Iterable[Post], told: Iterable[Post]) -> tuple[Post, ...]:
    """All posts: one told again gets the days it is told with, and keeps those it is not; one held again later is a
    post of its own."""
    posts = [*believed]
    for post in _titled(told):
        again = [at for at, each in enumerate(posts) if _is_again(each, post)]
        if again:
            at = max(again, key=lambda at: _nearness(posts[at], post))
            posts[at] = _retold(posts[at], post)
        else:
            posts.append(post)
    return tuple(dict.fromkeys(posts))


def still_held(believed: Iterable[Post], told: Iterable[Post]) -> list[Post]:
    """Open posts that the roster passes over."""
    said = [*told]
    return [post for post in believed if post.valid_to is None and not any(_is_same(post, each) for each in said)]


def told_apart(told: Iterable[Post], post: Post) -> bool:
    """Whether the rows of one person agree on when `post` is held: with the same days, or at another time."""
    same = [each for each in told if post_key(each) == post_key(post) and each != post]
    return all(_is_apart(each, post) for each in same)


def post_key(post: Post) -> tuple[str, str]:
    return fold(post.title), post.organization


def _titled(told: Iterable[Post]) -> list[Post]:
    """A row without a title says nothing new beside one that names the post held there."""
    said = [*told]
    named = {post.organization for post in said if post.title}
    return [post for post in said if post.title or post.organization not in named]


def _is_same(one: Post, other: Post) -> bool:
    titles = fold(one.title), fold(other.title)
    return one.organization == other.organization and (titles[0] == titles[1] or "" in titles)


def _is_again(believed: Post, told: Post) -> bool:
    return _is_same(believed, told) and not _is_apart(believed, told)


def _is_apart(one: Post, other: Post) -> bool:
    return _ends(one) < _starts(other) or _ends(other) < _starts(one)


def _nearness(believed: Post, told: Post) -> tuple[bool, bool, bool, date]:
    within = _starts(believed) <= _starts(told) <= _ends(believed)
    same = fold(believed.title) == fold(told.title)
    return same, believed.valid_from == told.valid_from, within, _starts(believed)


def _retold(believed: Post, told: Post) -> Post:
    starts, ends = told.valid_from or believed.valid_from, told.valid_to or believed.valid_to
    return Post(told.title or believed.title, told.organization, starts, ends)


# Managing bodies ------------------------------------------------------------------------------------------------------


def of_one_post(told: Iterable[Management]) -> list[Management]:
    """What the rows of one post say: one body at a time, each from its day on.

    Raises UndatedError where two bodies begin on one day.
    """
    spans: list[Management] = []
    for each in sorted(told, key=_starts):
        if spans and spans[-1].valid_from == each.valid_from and spans[-1].authority != each.authority:
            raise UndatedError(spans[-1])
        spans = [*(_ended(span, each) for span in spans), each]
    return spans


def managements_together(believed: Iterable[Management], told: Iterable[Management]) -> tuple[Management, ...]:
    """All managing bodies in order of time. Those told together may hold side by side (of several posts); a later one
    ends what the books have and the roster does not repeat.

    Raises UndatedError where a row names another body than the books and no day, or the very day of the other.
    """
    spans, new = [*believed], list[Management]()
    repeated: set[int] = set()
    for each in _joined(told):
        at = _repeats(spans, each)
        if at is None:
            new.append(each)
        else:
            repeated.add(at)
            spans[at] = Management(each.authority, spans[at].valid_from, each.valid_to or spans[at].valid_to)
    kept = [span for at, span in enumerate(spans) if at in repeated]
    old = [span for at, span in enumerate(spans) if at not in repeated]
    for each in new:
        _refuse_undated(spans, old, each)
        old = [_ended(span, each) for span in old]
        kept.append(_ended_by_later(each, old))
    return tuple(sorted(dict.fromkeys((*old, *kept)), key=lambda span: (_starts(span), span.authority)))


def _joined(told: Iterable[Management]) -> list[Management]:
    """Spans of one body that touch or overlap, as one."""
    spans: list[Management] = []
    for each in sorted(told, key=lambda span: (span.authority, _starts(span))):
        last = spans[-1] if spans else None
        if last and last.authority == each.authority and _starts(each) <= _after(last):
            open_ = last.valid_to is None or each.valid_to is None
            spans[-1] = Management(last.authority, last.valid_from, None if open_ else max(_ends(last), _ends(each)))
        else:
            spans.append(each)
    return spans


def _repeats(spans: list[Management], told: Management) -> int | None:
    """The number of the span that `told` speaks of again: the one in which it begins, or the last where it has no day.
    A body that no longer manages is another one than the books'."""
    same = [at for at, span in enumerate(spans) if span.authority == told.authority]
    if told.valid_from is None:
        same = [at for at in same if told.valid_to or spans[at].valid_to is None or not _open_others(spans, at)]
        same = [at for at in same if not told.valid_to or _starts(spans[at]) <= told.valid_to]
    else:
        same = [at for at in same if _starts(spans[at]) <= told.valid_from <= _ends(spans[at])]
    return max(same, key=lambda at: _starts(spans[at]), default=None)


def _open_others(spans: list[Management], at: int) -> bool:
    return any(span.valid_to is None for number, span in enumerate(spans) if number != at)


def _refuse_undated(spans: list[Management], old: list[Management], told: Management) -> None:
    undated = spans if told.valid_from is None and told.valid_to is None else []
    same_day = [span for span in old if span.valid_to is None is told.valid_to and span.valid_from == told.valid_from]
    if found := [*same_day, *undated]:
        raise UndatedError(found[-1])


def _ended(each: Management, later: Management) -> Management:
    """An open span ends the day before a later one begins."""
    if each.valid_to is None and later.valid_from and _starts(each) < later.valid_from:
        return Management(each.authority, each.valid_from, later.valid_from - _DAY)
    return each


def _ended_by_later(each: Management, believed: list[Management]) -> Management:
    """History that is told afterwards ends where the books go on."""
    later = [span for span in believed if _starts(span) > _starts(each)]
    return _ended(each, min(later, key=_starts)) if later else each


def _starts(span: Post | Management) -> date:
    return span.valid_from or date.min


def _ends(span: Post | Management) -> date:
    return span.valid_to or date.max


def _after(span: Management) -> date:
    return date.max if span.valid_to is None else span.valid_to + _DAY
