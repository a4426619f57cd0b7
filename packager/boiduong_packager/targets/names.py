"""What the targets are called: on the command line, in the output folder, in the catalog."""

TOPIC_TARGETS = ("scorm12", "scorm2004")
"""Make a package of each topic."""
PROGRAM_TARGETS = ("olx", "web")
"""Make one package of the whole programme."""
TARGETS = TOPIC_TARGETS + PROGRAM_TARGETS
