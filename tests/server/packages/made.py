"""Packages as other makers build them, after the examples of the standards themselves: each SCO a small page that finds
the API, begins by itself, and offers `window.sco` and buttons for what a learner would do there.

    sco.get(name)  sco.set(name, value)  sco.complete()  sco.pass(score)  sco.fail(score)  sco.next()  sco.finish()

speak the same words in both standards; scores are per cent.
"""

import io
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Files = Mapping[str, str | bytes]

_CONTENT12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
_NAMESPACES = (
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
    'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)

RUNTIME = """
(function () {
  var name12 = { status: "cmi.core.lesson_status", raw: "cmi.core.score.raw", exit: "cmi.core.exit",
                 place: "cmi.core.lesson_location" };
  function find(view, name) {
    for (var i = 0; view && i < 12; i += 1) {
      try { if (view[name]) { return view[name]; } } catch (closed) { return null; }
      if (view.parent === view) { return view.opener ? find(view.opener, name) : null; }
      view = view.parent;
    }
    return null;
  }
  var modern = find(window, "API_1484_11"), old = modern ? null : find(window, "API"), over = false;
  function call(word, rest) {
    return modern ? modern[word].apply(modern, rest)
      : old[{ Initialize: "LMSInitialize", GetValue: "LMSGetValue", SetValue: "LMSSetValue", Commit: "LMSCommit",
              Terminate: "LMSFinish" }[word]].apply(old, rest);
  }
  function set(name, value) { return call("SetValue", [name, String(value)]); }
  function end(status, success, score) {
    if (modern) {
      set("cmi.completion_status", status);
      if (success) { set("cmi.success_status", success); }
      if (score !== undefined) { set("cmi.score.scaled", score / 100); set("cmi.score.raw", score); }
    } else {
      if (score !== undefined) { set(name12.raw, score); }
      set(name12.status, success || status);
    }
    call("Commit", [""]);
    show();
  }
  function finish() {
    if (over) { return "false"; }
    over = true;
    if (modern) { set("cmi.exit", "suspend"); }
    return call("Terminate", [""]);
  }
  function leave(request) {
    if (modern && !over) { set("adl.nav.request", request); }
    return finish();
  }
  function show() {
    var out = document.getElementById("status");
    if (out) { out.textContent = modern ? call("GetValue", ["cmi.completion_status"]) + " "
      + call("GetValue", ["cmi.success_status"]) : call("GetValue", [name12.status]); }
  }
  window.sco = {
    modern: Boolean(modern), found: Boolean(modern || old), begun: "",
    get: function (name) { return call("GetValue", [name]); }, set: set,
    commit: function () { return call("Commit", [""]); },
    complete: function () { end("completed"); }, pass: function (score) { end("completed", "passed", score); },
    fail: function (score) { end("completed", "failed", score); },
    next: function () { return leave("continue"); }, previous: function () { return leave("previous"); },
    finish: finish
  };
  window.addEventListener("load", function () {
    if (!window.sco.found) { return; }
    window.sco.begun = call("Initialize", [""]);
    document.getElementById("asked").textContent = location.search + location.hash;
    [["complete", 0], ["pass", 90], ["fail", 20], ["next", 0], ["finish", 0]].forEach(function (entry) {
      document.getElementById(entry[0]).addEventListener("click", function () { window.sco[entry[0]](entry[1]); });
    });
    show();
  });
  window.addEventListener("pagehide", finish);
})();
"""


def page(title: str, runtime: str = "runtime.js") -> str:
    """A SCO."""
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<script src="{runtime}"></script></head><body><h1>{title}</h1><p id="status"></p><p id="asked"></p>
<input aria-label="Ghi chú"><button id="complete">Học xong</button><button id="pass">Đạt</button>
<button id="fail">Chưa đạt</button><button id="next">Bài tiếp</button><button id="finish">Kết thúc</button>
</body></html>"""


def zipped(files: Files) -> bytes:
    """The archive; the same files give the same bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


def manifest12(organizations: str, resources: str, identifier: str = "VI.DU", base: str = "") -> str:
    """A SCORM 1.2 manifest around what stands in <organizations> and <resources> (tags included)."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{identifier}" version="1.0" xmlns="{_CONTENT12}" xmlns:adlcp="{_ADL12}"{base}>
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
{organizations}
{resources}
</manifest>"""


def manifest2004(
    organizations: str, resources: str, more: str = "", version: str = "2004 4th Edition", identifier: str = "VI.DU"
) -> str:
    """A SCORM 2004 manifest; `more` stands after the resources (sequencing collections)."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{identifier}" version="1.0" xmlns="{_CONTENT}" {_NAMESPACES}>
<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
{organizations}
{resources}
{more}
</manifest>"""


def organization(items: str, title: str = "Chuyên đề ví dụ", identifier: str = "ORG", attributes: str = "") -> str:
    return f'<organization identifier="{identifier}"{attributes}><title>{title}</title>{items}</organization>'


def organizations(items: str, title: str = "Chuyên đề ví dụ", attributes: str = "") -> str:
    return f'<organizations default="ORG">{organization(items, title, attributes=attributes)}</organizations>'


def item(name: str, inside: str = "", attributes: str = "") -> str:
    """An item that opens the resource of its name."""
    return f'<item identifier="I-{name}" identifierref="R-{name}"{attributes}><title>Bài {name}</title>{inside}</item>'


def heading(name: str, inside: str) -> str:
    return f'<item identifier="I-{name}"><title>Phần {name}</title>{inside}</item>'


def resources(*names: str, kind: str = 'adlcp:scormtype="sco"') -> str:
    """A SCO for each name, its page `<name>.html`."""
    lines = (
        f'<resource identifier="R-{name}" type="webcontent" {kind} href="{name}.html"><file href="{name}.html"/>'
        '<file href="runtime.js"/></resource>'
        for name in names
    )
    return f"<resources>{''.join(lines)}</resources>"


SCO_2004 = 'adlcp:scormType="sco"'


def with_pages(manifest: str, *names: str) -> bytes:
    """The package of a manifest: a page for each name."""
    pages = {f"{name}.html": page(f"Bài {name}") for name in names}
    return zipped({"imsmanifest.xml": manifest, "runtime.js": RUNTIME, **pages})


def sequencing(inside: str, attributes: str = "") -> str:
    return f"<imsss:sequencing{attributes}>{inside}</imsss:sequencing>"


def single12() -> bytes:
    return with_pages(manifest12(organizations(item("a")), resources("a")), "a")


def single2004(version: str = "2004 4th Edition") -> bytes:
    manifest = manifest2004(organizations(item("a")), resources("a", kind=SCO_2004), version=version)
    return with_pages(manifest, "a")


def multi12() -> bytes:
    """Three SCOs, the last one marked by a score of 80."""
    last = item("c", "<adlcp:masteryscore>80</adlcp:masteryscore>")
    return with_pages(manifest12(organizations(item("a") + item("b") + last), resources("a", "b", "c")), "a", "b", "c")


def multi2004() -> bytes:
    """Three SCOs to be opened in any order, and flowed through."""
    control = sequencing('<imsss:controlMode choice="true" flow="true"/>')
    items = item("a") + item("b") + item("c") + control
    return with_pages(manifest2004(organizations(items), resources("a", "b", "c", kind=SCO_2004)), "a", "b", "c")


def unsequenced2004() -> bytes:
    """Two SCOs and not a word of sequencing: by the standard they are chosen, never flowed through."""
    return with_pages(manifest2004(organizations(item("a") + item("b")), resources("a", "b", kind=SCO_2004)), "a", "b")


def nested12() -> bytes:
    """Two headings, three SCOs and a picture page (an asset)."""
    items = heading("1", item("a") + item("b")) + heading("2", heading("2.1", item("c"))) + item("d")
    scos = resources("a", "b", "c").removesuffix("</resources>")
    asset = resources("d", kind='adlcp:scormtype="asset"').removeprefix("<resources>")
    return with_pages(manifest12(organizations(items), scos + asset), "a", "b", "c", "d")


def prerequisites12() -> bytes:
    """b waits for a; c for both; d for a having failed, or for two of the three."""
    rule = '<adlcp:prerequisites type="aicc_script">{}</adlcp:prerequisites>'.format
    items = (
        item("a")
        + item("b", rule("I-a"))
        + item("c", rule("I-a&amp;I-b"))
        + item("d", rule('I-a="failed"|2*{I-a,I-b,I-c}'))
    )
    return with_pages(manifest12(organizations(items), resources("a", "b", "c", "d")), "a", "b", "c", "d")


def settings12() -> bytes:
    """All that SCORM 1.2 hands a SCO by its item."""
    inside = (
        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
        "<adlcp:datafromlms>chế độ=ôn tập</adlcp:datafromlms><adlcp:masteryscore>75.5</adlcp:masteryscore>"
    )
    return with_pages(manifest12(organizations(item("a", inside)), resources("a")), "a")


def forced_order2004() -> bytes:
    """Linear: no choice, forward and back by flow alone; each next one opens when the one before is complete."""
    gate = (
        '<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">'
        '<imsss:ruleCondition referencedObjective="before" operator="not" condition="satisfied"/>'
        '<imsss:ruleCondition referencedObjective="before" operator="not" condition="objectiveStatusKnown"/>'
        '</imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>'
    )

    def objectives(own: str, before: str = "") -> str:
        wait = (
            f'<imsss:objective objectiveID="before"><imsss:mapInfo targetObjectiveID="{before}" '
            'readSatisfiedStatus="true"/></imsss:objective>'
            if before
            else ""
        )
        return (
            f'<imsss:objectives><imsss:primaryObjective objectiveID="own"><imsss:mapInfo targetObjectiveID="{own}" '
            f'readSatisfiedStatus="true" writeSatisfiedStatus="true"/></imsss:primaryObjective>{wait}'
            "</imsss:objectives>"
        )

    by_content = '<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>'
    items = (
        item("a", sequencing(objectives("done-a") + by_content))
        + item("b", sequencing(gate + objectives("done-b", "done-a") + by_content))
        + item("c", sequencing(gate + objectives("done-c", "done-b") + by_content))
        + sequencing('<imsss:controlMode choice="true" flow="true"/>')
    )
    return with_pages(manifest2004(organizations(items), resources("a", "b", "c", kind=SCO_2004)), "a", "b", "c")


def rollup2004() -> bytes:
    """The whole is satisfied as soon as two of three are, completed when all are; the last weighs nothing."""
    rule = (
        '<imsss:rollupRules objectiveMeasureWeight="1.0">'
        '<imsss:rollupRule childActivitySet="atLeastCount" minimumCount="2"><imsss:rollupConditions>'
        '<imsss:rollupCondition condition="satisfied"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="satisfied"/></imsss:rollupRule>'
        '<imsss:rollupRule childActivitySet="all"><imsss:rollupConditions>'
        '<imsss:rollupCondition condition="completed"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="completed"/></imsss:rollupRule></imsss:rollupRules>'
    )
    light = sequencing('<imsss:rollupRules objectiveMeasureWeight="0"/>')
    items = item("a") + item("b") + item("c", light)
    items += sequencing('<imsss:controlMode choice="true" flow="true"/>' + rule)
    return with_pages(manifest2004(organizations(items), resources("a", "b", "c", kind=SCO_2004)), "a", "b", "c")


def pretest2004() -> bytes:
    """A test first; what it shows to be known is skipped (ADL's "pre- or post-test" template)."""
    skip = (
        "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
        '<imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/>'
        "</imsss:preConditionRule></imsss:sequencingRules>"
    )

    def known(write: str) -> str:
        return (
            '<imsss:objectives><imsss:primaryObjective objectiveID="own" satisfiedByMeasure="true">'
            "<imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>"
            f'<imsss:mapInfo targetObjectiveID="known" readSatisfiedStatus="true" readNormalizedMeasure="true"{write}/>'
            "</imsss:primaryObjective></imsss:objectives>"
        )

    writes = ' writeSatisfiedStatus="true" writeNormalizedMeasure="true"'
    items = (
        item("test", sequencing(known(writes)))
        + item("lesson", sequencing(known(""), ' IDRef="SKIP"'))
        + item("end")
        + sequencing('<imsss:controlMode choice="false" flow="true"/>')
    )
    collected = sequencing(skip, ' ID="SKIP"')
    more = f"<imsss:sequencingCollection>{collected}</imsss:sequencingCollection>"
    names = ("test", "lesson", "end")
    return with_pages(manifest2004(organizations(items), resources(*names, kind=SCO_2004), more), *names)


def xml_base12() -> bytes:
    """Addresses that only xml:base makes whole: of the manifest, of the resources, of the resource."""
    shelf = """<resources xml:base="bai/"><resource identifier="R-a" type="webcontent" adlcp:scormtype="sco"
 xml:base="mot/" href="a.html"><file href="a.html"/><file href="runtime.js"/></resource></resources>"""
    manifest = manifest12(organizations(item("a")), shelf, base=' xml:base="noi%20dung/"')
    folder = "noi dung/bai/mot/"
    return zipped({"imsmanifest.xml": manifest, f"{folder}a.html": page("Bài a"), f"{folder}runtime.js": RUNTIME})


def parameters12() -> bytes:
    """One page, opened by four items with parameters in every form the standard allows."""
    shelf = """<resources><resource identifier="R-a" type="webcontent" adlcp:scormtype="sco" href="a.html?lang=vi">
<file href="a.html"/><file href="runtime.js"/></resource></resources>"""
    items = "".join(
        f'<item identifier="I-{number}" identifierref="R-a" parameters="{text}"><title>Bài {number}</title></item>'
        for number, text in enumerate(("?unit=1", "&amp;unit=2", "unit=3", "#unit4"), start=1)
    )
    return with_pages(manifest12(organizations(items), shelf), "a")


def several_organizations12() -> bytes:
    """Two ways through the same pages; the second is the default."""
    ways = organization(item("a") + item("b"), "Bản đầy đủ", "FULL") + organization(
        item("b").replace("I-b", "S-b"), "Bản rút gọn", "SHORT"
    )
    return with_pages(
        manifest12(f'<organizations default="SHORT">{ways}</organizations>', resources("a", "b")), "a", "b"
    )


PACKAGES: Mapping[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        single12, single2004, multi12, multi2004, unsequenced2004, nested12, prerequisites12, settings12,
        forced_order2004, rollup2004,
        pretest2004, xml_base12, parameters12, several_organizations12,
    )
}  # fmt: skip
