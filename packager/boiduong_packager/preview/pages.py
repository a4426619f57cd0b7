"""The two pages of the preview: the program, and the stand-in LMS around one package."""

from boiduong_vocabulary.catalog import Catalog, SessionEntry, TopicEntry

from boiduong_packager.model import Orientation
from boiduong_packager.page.markup import E, Markup, join
from boiduong_packager.preview.problem_list import counts, problem_list
from boiduong_packager.preview.shelf import STANDARDS, Shelf
from boiduong_packager.preview.state import StateStore
from boiduong_packager.preview.words import summary


def program_page(shelf: Shelf, store: StateStore) -> Markup:
    """The program: its sessions, its topics with links to study and download, and the faults of the last build."""
    catalog = shelf.catalog
    body = E(
        "body",
        E("header", _title_block(shelf), class_="title-block"),
        E("main", problem_list(shelf), _sessions(shelf, catalog, store) if catalog else "", id="main"),
        E("footer", _whole_downloads(catalog) if catalog else "", E("p", "Chỉ máy này mở được trang xem thử.")),
        class_="program",
        data_build=shelf.number,
    )
    return _document(f"{shelf.name} – xem thử", body, "home.js")


def lms_page(shelf: Shelf, topic: TopicEntry, standard: str) -> Markup:
    """The package's frame, and beside it what an LMS would hold. The scripts fill in everything that changes."""
    package = E("iframe", id="package", name="package", title=f"Gói: {topic.title}", allow="autoplay; fullscreen")
    body = E(
        "body",
        E("header", _bar(topic, standard), E("div", id="notice", role="status"), class_="bar"),
        E("div", E("main", package), _panel(standard), class_="desk", id="desk"),
        class_="lms",
        data_standard=standard,
        data_topic=topic.id,
    )
    title = f"{topic.title} – {STANDARDS[standard]} – {shelf.name}"
    return _document(title, body, "lms.js", E("script", src=f"/tinh/{standard}.js"))


def _document(title: str, body: Markup, script: str, before: str = "") -> Markup:
    head = E(
        "head",
        E("meta", charset="utf-8"),
        E("meta", name="viewport", content="width=device-width, initial-scale=1"),
        E("title", title),
        E("link", rel="icon", href="data:,"),
        *(E("link", rel="stylesheet", href=f"/tinh/{name}.css") for name in ("prose", "preview")),
        before,
        E("script", type="module", src=f"/tinh/{script}"),
    )
    return join(Markup("<!DOCTYPE html>\n"), E("html", head, "\n", body, lang="vi"), "\n")


def _title_block(shelf: Shelf) -> Markup:
    catalog = shelf.catalog
    facts = (catalog.audience, f"Bản {catalog.edition}" if catalog.edition else "") if catalog else ()
    when = f"Dựng lúc {shelf.built_at:%H:%M:%S, %d/%m/%Y}: {counts(shelf)}." if shelf.built_at else "Chưa dựng."
    return join(
        E("p", "Xem thử trước khi đưa lên LMS", class_="kicker"),
        E("h1", shelf.name),
        E("p", " · ".join(filter(None, facts)), class_="facts"),
        E("p", when, id="built", class_="built", role="status"),
    )


def _sessions(shelf: Shelf, catalog: Catalog, store: StateStore) -> Markup:
    topics = {topic.id: topic for topic in catalog.topics}
    return join(
        *(_session(shelf, session, [topics[name] for name in session.topics if name in topics], store)
          for session in catalog.sessions)
    )  # fmt: skip


def _session(shelf: Shelf, session: SessionEntry, topics: list[TopicEntry], store: StateStore) -> Markup:
    day = "/".join(reversed(session.date.split("-")))
    facts = (session.delivery.label, f"{session.periods} tiết", day)
    return E(
        "section",
        E("h2", session.title),
        E("p", " · ".join(filter(None, facts)), class_="facts"),
        E("ol", *(_topic(shelf, topic, store) for topic in topics), class_="topics") if topics else "",
        class_="session" if topics else "session spoken",
    )


def _topic(shelf: Shelf, topic: TopicEntry, store: StateStore) -> Markup:
    return E(
        "li",
        E("h3", topic.title),
        E("p", _topic_facts(topic), class_="facts"),
        E("p", *_study_links(shelf, topic), class_="links"),
        *(_saved(store, standard, topic) for standard in STANDARDS),
        E("p", *_topic_downloads(topic), class_="downloads"),
    )


def _topic_facts(topic: TopicEntry) -> str:
    orientation = Orientation(topic.orientation).label if topic.orientation in set(Orientation) else topic.orientation
    minimum = f"ít nhất {-(-topic.minimum_seconds // 60)} phút" if topic.minimum_seconds else ""
    counts = (f"{topic.periods} tiết", f"{len(topic.sections)} mục", f"{len(topic.questions)} câu hỏi")
    return " · ".join(fact for fact in (*counts, minimum, orientation) if fact)


def _study_links(shelf: Shelf, topic: TopicEntry) -> list[Markup]:
    links = [
        E("a", f"Học bản {name} ", _about(topic), href=f"/hoc/{standard}/{topic.id}")
        for standard, name in STANDARDS.items()
        if shelf.package(standard, topic.id)
    ]
    if shelf.web_page(f"{topic.id}.html"):
        links.append(E("a", "Trang web ", _about(topic), href=f"/web/{topic.id}.html", class_="quiet"))
    return links


def _about(topic: TopicEntry) -> Markup:
    """For ears: a link's words must make sense without what stands around it."""
    return E("span", f"chuyên đề {topic.title}", class_="unseen")


def _saved(store: StateStore, standard: str, topic: TopicEntry) -> Markup:
    line = summary(standard, store.record(standard, topic.id).cmi)
    return E("p", f"{STANDARDS[standard]}: {line}", class_="saved") if line else Markup("")


def _topic_downloads(topic: TopicEntry) -> list[Markup]:
    archives = [entry for entry in topic.packages if entry.path.endswith(".zip")]
    names = [STANDARDS.get(entry.standard, entry.standard) for entry in archives]
    return [
        E("a", f"Tải gói {name} ", _about(topic), href=f"/tai/{entry.path}")
        for entry, name in zip(archives, names, strict=True)
    ]


def _whole_downloads(catalog: Catalog) -> Markup:
    archives = [entry for entry in catalog.packages if entry.path.endswith((".zip", ".tar.gz"))]
    links = [E("a", f"Tải cả chương trình ({entry.standard})", href=f"/tai/{entry.path}") for entry in archives]
    return E("p", *links, class_="downloads") if links else Markup("")


def _bar(topic: TopicEntry, standard: str) -> Markup:
    tabs = (
        E("a", name, href=f"/hoc/{key}/{topic.id}", aria_current="page" if key == standard else None)
        for key, name in STANDARDS.items()
    )
    return join(
        E("a", "← Chương trình", href="/", class_="back"),
        E("h1", topic.title),
        E("nav", *tabs, aria_label="Chuẩn đóng gói"),
    )


def _panel(standard: str) -> Markup:
    return E(
        "aside",
        E("button", E("span", "LMS", class_="mark"), E("span", "…", id="brief"), type="button", id="toggle",
          aria_expanded="true", aria_controls="inside"),
        E(
            "div",
            E("h2", "LMS đang giữ"),
            E("p", "", id="session", class_="facts"),
            E("p", E("button", "Đóng và mở lại", type="button", id="reopen"),
              E("button", "Học lại từ đầu", type="button", id="restart"), class_="actions"),
            E("dl", id="values"),
            E("details", E("summary", "Câu trả lời đã ghi: ", E("span", "0", id="answered")), E("ol", id="answers")),
            E("h2", "Nhật ký gọi API"),
            E("p", E("span", "0 lỗi", id="errors", role="status"),
              E("label", E("input", type="checkbox", id="only-errors"), " Chỉ hiện lỗi"), class_="filter"),
            E("ol", id="log", tabindex="0", aria_label=f"Nhật ký {STANDARDS[standard]}, mới nhất ở trên"),
            id="inside",
        ),
        id="panel",
        aria_label="LMS thử nghiệm",
    )  # fmt: skip
