"""What every target answers: a package is a name, an identifier in its standard, and the files inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from boiduong_packager.model import Asset
from boiduong_packager.targets.archive import Content


@dataclass(frozen=True)
class Package:
    """`path` is relative to the program's output folder; `identifier` is what the standard calls the package.

    A path that ends in "/" is a folder of plain files (the web target), ".zip" and ".tar.gz" are archives.
    """

    standard: str
    path: str
    identifier: str
    files: Mapping[str, Content]


def media(assets: tuple[Asset, ...], folder: str = "media/") -> dict[str, Content]:
    """The assets by their name in a package."""
    return {folder + asset.name: Path(asset.path) for asset in assets}
