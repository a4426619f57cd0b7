"""The workbench's runtime with what the platform has for any block, and ours never ask for."""

import json
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from fs.osfs import OSFS
from xblock.core import XBlock

from tools.openedx import runtime
from tools.openedx_scorm.places import GRADES, RESOURCES


class Runtime(runtime.Runtime):
    @cached_property
    def resources_fs(self) -> OSFS:
        return OSFS(str(settings.FOLDER / RESOURCES), create=True)

    def construct_xblock_from_class(self, cls: type[XBlock], scope_ids: Any, *rest: Any, **named: Any) -> XBlock:
        """With a `location`, by whose name the block looks for packages that its older releases unpacked."""
        block = super().construct_xblock_from_class(cls, scope_ids, *rest, **named)
        block.location = SimpleNamespace(block_id=str(scope_ids.usage_id))
        return block

    def handler_url(self, *asked: Any, **named: Any) -> str:
        """Without a query, as the LMS writes it, because the block appends the path of a package's file. The pages'
        scripts ask for handlers on their own side, where the learner is named."""
        return str(super().handler_url(*asked, **named)).partition("?")[0]

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        super().publish(block, event_type, event_data)
        if event_type == "grade":
            with (settings.FOLDER / GRADES).open("a", encoding="utf-8") as log:
                log.write(json.dumps({"username": self.user_id, **event_data}) + "\n")
