"""What the workbench asks for its scenarios: the units of course.json. The file is looked at on each request, so that a
unit can be added while the workbench runs."""

from pathlib import Path
from threading import Lock
from typing import Any

from django.db.transaction import atomic
from workbench.runtime import WORKBENCH_KVS
from workbench.scenarios import SCENARIOS
from workbench.scenarios import Scenario as Loaded

from tools.openedx.runtime import Runtime
from tools.openedx.units import FILE, Scenario, read_course


class Scenarios:
    """The workbench's own init_scenarios would load every block that is installed, and one broken scenario of any of
    them answers every address with an error."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read_ns = 0
        self._lock = Lock()

    def __call__(self) -> dict[str, Any]:
        """The workbench's scenarios by name."""
        with self._lock:
            changed_ns = (self._folder / FILE).stat().st_mtime_ns
            if changed_ns != self._read_ns:
                self._read()
                self._read_ns = changed_ns
        return dict(SCENARIOS)

    def renew(self) -> None:
        """All anew, after the workbench forgot everything."""
        with self._lock:
            SCENARIOS.clear()
            self._read_ns = 0
        self()

    @atomic  # a course is some thousand writes: at once, or they take half a minute on a busy disk
    def _read(self) -> None:
        if not SCENARIOS:  # children would be appended to those that were kept
            WORKBENCH_KVS.prep_for_scenario_loading()
        added = [each for each in read_course(self._folder).scenarios if each.name not in SCENARIOS]
        SCENARIOS.update({scenario.name: _loaded(scenario) for scenario in added})


def _loaded(scenario: Scenario) -> Any:
    """Read in order and numbered by its own name: the same usages after a restart, so that state is found again."""
    runtime = Runtime()
    runtime.id_generator.set_scenario(scenario.name)
    return Loaded(scenario.title, runtime.parse_xml_string(scenario.xml), scenario.xml)
