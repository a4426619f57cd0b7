"""The workbench (tools/openedx) with what openedx-scorm-xblock asks of a platform besides."""

from tools.openedx.settings import *  # noqa: F403
from tools.openedx.settings import FOLDER
from tools.openedx.settings import INSTALLED_APPS as _APPS

MEDIA_ROOT = FOLDER / "media"
"""Of the default file storage: the block unpacks packages into it, and hands them out itself."""
INSTALLED_APPS = [*_APPS, "tools.openedx_scorm.apps.Scorm"]
