"""The workbench's addresses, its views made to use our runtime and our scenarios, and the course's media."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.static import serve
from workbench import runtime_util, scenarios, views
from workbench.urls import urlpatterns as _theirs

from tools.openedx.people import FIRST, NAMES, STAFF
from tools.openedx.runtime import Runtime
from tools.openedx.scenarios import Scenarios
from tools.openedx.units import read_course

SCENARIOS = Scenarios(settings.FOLDER)
# Each module has taken these names for its own.
views.WorkbenchRuntime = scenarios.WorkbenchRuntime = Runtime
views.get_scenarios = scenarios.get_scenarios = SCENARIOS
runtime_util.init_scenarios = SCENARIOS.renew
views.get_student_id = lambda request: request.GET.get("student", FIRST)


def index(request: HttpRequest) -> HttpResponse:
    """The course's units in order, each as a learner and as staff see it."""
    course = read_course(settings.FOLDER)
    return render(request, "workbench/index.html", {"course": course, "learner": FIRST, "staff": STAFF})


def people(request: HttpRequest) -> dict[str, object]:
    """A context processor: as whom a page can be seen, and of which course."""
    return {"people": NAMES, "course_title": read_course(settings.FOLDER).title}


urlpatterns = [
    path("", index, name="workbench_index"),
    path("media/<str:path>", serve, {"document_root": settings.FOLDER / "media"}),
    *_theirs,  # the first that fits is taken
]
