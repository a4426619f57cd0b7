"""Gives the workbench its runtime once Django is ready: not before can the block's module be read."""

from django.apps import AppConfig


class Scorm(AppConfig):
    name = "tools.openedx_scorm"

    def ready(self) -> None:
        from workbench import views  # noqa: PLC0415

        from tools.openedx import scenarios, urls  # noqa: F401, PLC0415  (urls sets a runtime of its own, so it is first)
        from tools.openedx_scorm.runtime import Runtime  # noqa: PLC0415

        views.WorkbenchRuntime = scenarios.Runtime = Runtime
