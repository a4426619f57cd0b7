"""SCORM 2004 4th Edition: one package a topic."""

from boiduong_packager.model import Program, Topic
from boiduong_packager.targets.manifest import SCORM2004
from boiduong_packager.targets.package import Package
from boiduong_packager.targets.scorm import scorm_package


def package(program: Program, topic: Topic) -> Package:
    return scorm_package(SCORM2004, program, topic)
