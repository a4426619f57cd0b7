"""SCORM 1.2: one package a topic."""

from boiduong_packager.model import Program, Topic
from boiduong_packager.targets.manifest import SCORM12
from boiduong_packager.targets.package import Package
from boiduong_packager.targets.scorm import scorm_package


def package(program: Program, topic: Topic) -> Package:
    return scorm_package(SCORM12, program, topic)
