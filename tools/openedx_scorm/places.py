"""What stands in the workbench's folder besides."""

RESOURCES = "resources"
"""The files that a course was imported with."""
GRADES = "grades.log"
"""A line for each grade: what the platform would show as the learner's progress."""
