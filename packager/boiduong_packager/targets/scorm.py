"""The files that both SCORM targets put into a package: the page, the player, the media, the schemas, the manifest."""

from importlib.resources import files

from boiduong_packager.model import Program, Topic
from boiduong_packager.page.page import player_page
from boiduong_packager.targets.archive import Content
from boiduong_packager.targets.manifest import LAUNCH_PAGE, NAME, Standard, identifier, manifest, schema_files
from boiduong_packager.targets.package import Package, media

_SCRIPT, _STYLE = "player.js", "player.css"


def scorm_package(standard: Standard, program: Program, topic: Topic) -> Package:
    """One topic as a package of `standard`, with a single SCO."""
    player = files("boiduong_packager").joinpath("vendor/player")
    content: dict[str, Content] = {
        LAUNCH_PAGE: player_page(program, topic, standard.name, player.joinpath(_STYLE).read_text("utf-8")).encode(),
        _SCRIPT: player.joinpath(_SCRIPT).read_bytes(),
        **media(topic.assets),
    }
    return Package(
        standard.name,
        f"{standard.name}/{topic.id}.zip",
        identifier(program, topic),
        {NAME: manifest(standard, program, topic, content), **content, **schema_files(standard)},
    )
