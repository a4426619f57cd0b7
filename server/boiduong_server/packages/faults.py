"""Every fault that a package can have, by a language-free code, and the way to report one.

Each code has a case in tests/server/packages, and a paragraph in docs/goi-bai.md; tests hold both to this list.
"""

from enum import StrEnum

from boiduong_vocabulary.problem import Place, Problem, Severity


class Code(StrEnum):
    """The letter says where to look: Z the archive, X the manifest as a whole, U what it lists, W what its pages do."""

    NOT_A_ZIP = "Z01"
    """No zip, or one that is cut off."""
    ENCRYPTED = "Z02"
    """Files behind a password."""
    UNSAFE_NAME = "Z03"
    """A name that would leave the folder, or that no disk takes."""
    LINK = "Z04"
    """An entry that is neither file nor folder: a link, a device."""
    TOO_LARGE = "Z05"
    """More bytes, unpacked, than any package of a topic has."""
    BOMB = "Z06"
    """A file that swells beyond what packing can save of real content."""
    TOO_MANY = "Z07"
    """More files than any package has."""
    TOO_DEEP = "Z08"
    """Folders within folders, or items within items."""
    SAME_NAME = "Z09"
    """Two files of one name, or of names that differ in letter case alone."""
    DAMAGED = "Z10"
    """A file that cannot be unpacked: its checksum or its packing."""
    ODD_NAMES = "Z11"
    """Names of another alphabet than UTF-8; read as they were most likely meant."""

    NO_MANIFEST = "X01"
    """No imsmanifest.xml."""
    MANIFEST_IN_FOLDER = "X02"
    """imsmanifest.xml stands in a folder of the archive."""
    BROKEN_XML = "X03"
    """The manifest is no well-formed XML."""
    ENTITIES = "X04"
    """The manifest has a DOCTYPE; no SCORM manifest needs one."""
    OTHER_STANDARD = "X05"
    """A package of AICC, xAPI, cmi5 or Common Cartridge."""
    NOT_SCORM = "X06"
    """A manifest of something else."""
    UNKNOWN_VERSION = "X07"
    """A schemaversion that no edition has; the namespaces decide."""

    NO_ORGANIZATION = "U01"
    """No organization, so nothing to walk."""
    NO_DEFAULT = "U02"
    """The default organization is not named, or does not exist; the first is taken."""
    UNKNOWN_RESOURCE = "U03"
    """An item refers to a resource that is not there."""
    NOTHING_TO_OPEN = "U04"
    """No item of the default organization opens a page."""
    MISSING_PAGE = "U05"
    """The page of an item is not in the package."""
    MISSING_FILE = "U06"
    """A file that the manifest lists is not in the package."""
    FOREIGN_ADDRESS = "U07"
    """An item opens a page of another host."""
    LEAVES_PACKAGE = "U08"
    """An address that leads out of the package."""
    REPEATED_IDENTIFIER = "U09"
    """Two items, or two resources, of one identifier."""
    BAD_PREREQUISITES = "U10"
    """A condition (aicc_script) that cannot be read, or names no item; the item is open."""
    BAD_VALUE = "U11"
    """A number or a duration that cannot be read; it is left out."""

    FOREIGN_FRAME = "W01"
    """A page shows another host: the study clock hears no input there."""
    FLASH = "W02"
    """Flash, which no browser plays any more."""
    SANDBOXED = "W03"
    """A frame closed off from the pages around it."""
    DOCUMENT = "W04"
    """An item opens a PDF or an office file: the browser's reader tells nobody of input."""


WARNINGS = frozenset(
    {
        Code.ODD_NAMES, Code.UNKNOWN_VERSION, Code.NO_DEFAULT, Code.MISSING_FILE, Code.BAD_PREREQUISITES,
        Code.BAD_VALUE, Code.FOREIGN_FRAME, Code.FLASH, Code.SANDBOXED, Code.DOCUMENT,
    }
)  # fmt: skip
UNHEARD = frozenset({Code.FOREIGN_FRAME, Code.FLASH, Code.SANDBOXED, Code.DOCUMENT})
"""Where the study clock may hear no input."""


def fault(code: Code, place: Place, message: str, hint: str) -> Problem:
    """A Problem of a package, with the severity its code has."""
    severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
    return Problem(code.value, place, message, hint, severity)
