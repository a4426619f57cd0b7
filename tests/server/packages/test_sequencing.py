"""scorm-again builds from our settings the very activities that the manifest speaks of. The library itself is asked, in
node; what it holds is compared with what the standard says of the manifest's words."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.server.packages import made
from tests.server.packages.test_manifest import structure

SCRIPT = Path(__file__).parent / "built.mjs"


def built(data: bytes) -> dict[str, dict[str, Any]]:
    """Every activity as scorm-again holds it, by its id."""
    settings = json.dumps(structure(data).played.sequencing)
    run = subprocess.run(["node", SCRIPT], input=settings, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, Any]] = json.loads(run.stdout)
    return found


def with_sequencing(inside: str, more: str = "", attributes: str = "") -> dict[str, Any]:
    """The activity of the only item of a package whose sequencing this is."""
    items = made.item("a", made.sequencing(inside, attributes))
    manifest = made.manifest2004(made.organizations(items), made.resources("a", kind=made.SCO_2004), more)
    return built(made.with_pages(manifest, "a"))["I-a"]


@pytest.mark.parametrize("name", [name for name in made.PACKAGES if name.endswith("2004")])
def test_the_library_builds_the_same_tree(name: str) -> None:
    data = made.PACKAGES[name]()
    played = structure(data).played
    activities = built(data)
    assert list(activities) == [played.identifier, *(item.identifier for item in played.walk())]
    assert [activities[item.identifier]["title"] for item in played.walk()] == [item.title for item in played.walk()]


def test_what_a_manifest_leaves_unsaid_is_as_the_standard_has_it() -> None:
    """SN 3.2: no flow, any choice; the library would let it flow."""
    controls = built(made.single2004())["ORG"]["controls"]
    assert (controls["flow"], controls["choice"], controls["choiceExit"]) == (False, True, True)
    assert (controls["tracked"], controls["completionSetByContent"]) == (True, False)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<imsss:controlMode choice="false" flow="true" forwardOnly="1"/>',
         {"choice": False, "flow": True, "forwardOnly": True}),
        ('<imsss:controlMode useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="false"/>',
         {"useCurrentAttemptObjectiveInfo": False, "useCurrentAttemptProgressInfo": False}),
        ('<adlseq:constrainedChoiceConsiderations preventActivation="true" constrainChoice="true"/>',
         {"preventActivation": True, "constrainChoice": True}),
        (('<imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false" '
         'objectiveMeasureWeight="0.25"/>'),
         {"rollupObjectiveSatisfied": False, "rollupProgressCompletion": False, "objectiveMeasureWeight": 0.25}),
        (('<imsss:randomizationControls randomizationTiming="once" selectCount="2" reorderChildren="true" '
         'selectionTiming="onEachNewAttempt"/>'),
         {"randomizationTiming": "once", "selectCount": 2, "randomizeChildren": True,
          "selectionTiming": "onEachNewAttempt"}),
        ('<imsss:deliveryControls tracked="false" completionSetByContent="true" objectiveSetByContent="true"/>',
         {"tracked": False, "completionSetByContent": True, "objectiveSetByContent": True}),
    ],
)  # fmt: skip
def test_controls_reach_the_activity(element: str, expected: dict[str, object]) -> None:
    controls = with_sequencing(element)["controls"]
    assert {name: controls[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("pre", "skip"), ("pre", "disabled"), ("pre", "hiddenFromChoice"), ("pre", "stopForwardTraversal"),
        ("post", "exitParent"), ("post", "exitAll"), ("post", "retry"), ("post", "retryAll"), ("post", "continue"),
        ("post", "previous"), ("exit", "exit"),
    ],
)  # fmt: skip
def test_rules_reach_the_activity(kind: str, action: str) -> None:
    rules = with_sequencing(
        f"<imsss:sequencingRules><imsss:{kind}ConditionRule>"
        '<imsss:ruleConditions conditionCombination="any"><imsss:ruleCondition referencedObjective="Q" operator="not" '
        'measureThreshold="0.5" condition="objectiveMeasureGreaterThan"/><imsss:ruleCondition condition="attempted"/>'
        f'</imsss:ruleConditions><imsss:ruleAction action="{action}"/></imsss:{kind}ConditionRule>'
        "</imsss:sequencingRules>"
    )["rules"]
    assert rules == {
        **{key: [] for key in ("pre", "post", "exit")},
        kind: [
            {
                "action": action,
                "combination": "any",
                "conditions": [
                    ["objectiveMeasureGreaterThan", "not", "Q", {"threshold": 0.5}],
                    ["attempted", None, None, {}],
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", ["all", 0, 0]), ('childActivitySet="any"', ["any", 0, 0]),
        ('childActivitySet="atLeastCount" minimumCount="2"', ["atLeastCount", 2, 0]),
        ('childActivitySet="atLeastPercent" minimumPercent="0.6"', ["atLeastPercent", 0, 0.6]),
    ],
)  # fmt: skip
def test_rollup_rules_reach_the_activity(attributes: str, expected: list[object]) -> None:
    (rule,) = with_sequencing(
        f"<imsss:rollupRules><imsss:rollupRule {attributes}><imsss:rollupConditions>"
        '<imsss:rollupCondition operator="not" condition="activityProgressKnown"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="incomplete"/></imsss:rollupRule></imsss:rollupRules>'
    )["rollup"]
    assert rule == ["incomplete", "any", *expected, [["progressKnown", "not"]]]


def test_objectives_and_what_they_share_reach_the_activity() -> None:
    objectives = with_sequencing(
        '<imsss:objectives><imsss:primaryObjective objectiveID="P" satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>"
        '<imsss:mapInfo targetObjectiveID="G1" readNormalizedMeasure="false" writeSatisfiedStatus="true"/>'
        '</imsss:primaryObjective><imsss:objective objectiveID="Q"><imsss:mapInfo targetObjectiveID="G2"/>'
        "</imsss:objective></imsss:objectives>"
        '<adlseq:objectives><adlseq:objective objectiveID="Q"><adlseq:mapInfo targetObjectiveID="G2" '
        'readRawScore="false" writeProgressMeasure="true"/></adlseq:objective></adlseq:objectives>'
    )["objectives"]
    primary, other = objectives
    assert primary[:3] == ["P", True, 0.6]
    assert primary[3] == [["G1", ["readSatisfiedStatus", "writeSatisfiedStatus"]]]
    assert other[:3] == ["Q", False, None]
    assert other[3] == [
        ["G2", ["readCompletionStatus", "readMaxScore", "readMinScore", "readNormalizedMeasure", "readProgressMeasure",
                "readSatisfiedStatus", "writeProgressMeasure"]],
    ]  # fmt: skip


def test_a_primary_objective_needs_no_name() -> None:
    objectives = with_sequencing(
        '<imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>-0.5</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>"
    )["objectives"]
    assert [entry[1:3] for entry in objectives] == [[True, -0.5]]


def test_limits_thresholds_considerations_and_shared_data_reach_the_activity() -> None:
    items = made.item(
        "a",
        '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8" progressWeight="0.5"/>'
        '<adlcp:data><adlcp:map targetID="KHO" writeSharedData="false"/></adlcp:data>'
        "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
        + made.sequencing(
            '<imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT30M"/>'
            '<adlseq:rollupConsiderations requiredForSatisfied="ifAttempted" measureSatisfactionIfActive="false"/>'
        ),
        ' isvisible="false"',
    )
    manifest = made.manifest2004(made.organizations(items), made.resources("a", kind=made.SCO_2004))
    found = built(made.with_pages(manifest, "a"))["I-a"]
    assert found["limits"] == [2, "PT30M"]
    assert found["threshold"] == [True, 0.8, 0.5]
    assert found["considerations"]["requiredForSatisfied"] == "ifAttempted"
    assert found["considerations"]["measureSatisfactionIfActive"] is False
    assert found["shared"] == [{"targetID": "KHO", "readSharedData": True, "writeSharedData": False}]
    assert (found["hidden"], found["visible"]) == (["continue"], False)


def test_a_named_sequencing_gives_way_to_what_stands_in_its_place() -> None:
    """CAM 5.1.1: an element of the activity's own replaces the collection's; the others hold."""
    more = (
        '<imsss:sequencingCollection><imsss:sequencing ID="CHUNG"><imsss:controlMode choice="false" flow="true"/>'
        '<imsss:limitConditions attemptLimit="3"/></imsss:sequencing></imsss:sequencingCollection>'
    )
    found = with_sequencing('<imsss:controlMode forwardOnly="true"/>', more, ' IDRef="CHUNG"')
    assert (found["controls"]["choice"], found["controls"]["flow"]) == (True, False)
    assert (found["controls"]["forwardOnly"], found["limits"]) == (True, [3, None])


@pytest.mark.parametrize("duration", ["1 giờ", "P", "PT", "PT1.234S", "30M"])
def test_a_duration_that_would_stop_the_library_is_left_out(duration: str) -> None:
    found = with_sequencing(f'<imsss:limitConditions attemptAbsoluteDurationLimit="{duration}"/>')
    assert found["limits"] == [None, None]
