"""Makes what the blocks are shipped with: the scripts and the style, bundled by the repository's own hook, and the
compiled translations. From a source distribution, which carries them, nothing is made."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
OF_ALL = HERE.parent / "hatch_build.py"
PUBLIC = HERE / "boiduong_xblocks/public"


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's name for the step before a wheel or an editable install is made."""

    def dependencies(self) -> list[str]:
        assets = _assets()
        return [] if assets is None or assets.npm_command() or assets.is_fresh(HERE.parent) else [assets.NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        assets = _assets()
        if assets is not None:
            assets.bring_in(HERE.parent)
        elif not PUBLIC.is_dir():
            raise FileNotFoundError("boiduong_xblocks/public is missing: build from the repository")
        compile_translations()


def compile_translations() -> None:
    for source in HERE.glob("boiduong_xblocks/translations/*/LC_MESSAGES/*.po"):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))


def _assets() -> Any:
    """The hook of the repository that this folder stands in, or None where it stands alone."""
    if not OF_ALL.is_file():
        return None
    spec = spec_from_file_location("boiduong_assets", OF_ALL)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
