"""What is text is escaped, what is markup is not."""

from boiduong_packager.page.markup import E, Markup, join
from boiduong_packager.page.order import shuffled
from boiduong_packager.page.veil import veil
from hypothesis import given
from hypothesis import strategies as some
from lxml import html


def test_text_is_escaped_and_markup_is_not() -> None:
    assert E("p", "a < b & c", Markup("<br/>")) == "<p>a &lt; b &amp; c<br/></p>"


def test_attributes_are_escaped_left_out_or_written_in_full() -> None:
    made = E("input", value='a"<b>&', checked=True, disabled=False, id=None, aria_label="x", class_="y")
    assert made == '<input value="a&quot;&lt;b&gt;&amp;" checked="checked" aria-label="x" class="y"/>'


def test_an_empty_element_is_closed_as_html_wants() -> None:
    assert join(E("div"), E("br")) == "<div></div><br/>"


@given(some.text(some.characters(exclude_categories=("Cs", "Cc"))))
def test_any_text_comes_back_from_the_page(text: str) -> None:
    element = html.fromstring(E("p", text, title=text))
    assert element.text_content() == text
    assert element.get("title") == text


@given(some.text(max_size=20), some.integers(min_value=2, max_value=9))
def test_a_shuffle_depends_on_its_seed_alone_and_never_gives_the_order_away(seed: str, count: int) -> None:
    items = list(range(count))
    order = shuffled(seed, items)
    assert sorted(order) == items
    assert list(order) != items
    assert order == shuffled(seed, items)


@given(some.text(min_size=4))
def test_veiled_text_is_ascii_and_depends_on_its_names(text: str) -> None:
    veiled = veil(text, "chuyen-de", "q1", "answer")
    assert veiled.isascii()
    assert veiled != veil(text, "chuyen-de", "q2", "answer")
