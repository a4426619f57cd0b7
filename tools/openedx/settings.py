"""The workbench's settings on top of its own: everything it writes stands in one folder, BOIDUONG_OPENEDX_FOLDER, it
speaks Vietnamese unless a browser asks for English, and each request is one transaction, as on the platform."""

import os
from pathlib import Path

from workbench.settings import *  # noqa: F403
from workbench.settings import INSTALLED_APPS as _APPS
from workbench.settings import MIDDLEWARE as _MIDDLEWARE
from workbench.settings import TEMPLATES as _TEMPLATES

FOLDER = Path(os.environ["BOIDUONG_OPENEDX_FOLDER"]).absolute()
_HERE = Path(__file__).parent

ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "tools.openedx.urls"
EXCLUDED_XBLOCKS: set[str] = set()
INSTALLED_APPS = [app for app in _APPS if app not in ("djpyfs", "debug_toolbar")]
_OPTIONS = _TEMPLATES[0]["OPTIONS"]
TEMPLATES = [
    {
        **_TEMPLATES[0],
        "DIRS": [str(_HERE / "templates"), *_TEMPLATES[0]["DIRS"]],
        "OPTIONS": {**_OPTIONS, "context_processors": [*_OPTIONS["context_processors"], "tools.openedx.urls.people"]},
    }
]
_NEW = {
    "django.contrib.sessions.middleware.SessionMiddleware": ["django.middleware.locale.LocaleMiddleware"],
    "django.contrib.messages.middleware.MessageMiddleware": ["tools.openedx.tracking.remembering"],
}
MIDDLEWARE = [each for name in _MIDDLEWARE for each in (name, *_NEW.get(name, []))]

LANGUAGE_CODE, LANGUAGES = "vi", [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "UTC"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "workbench.sqlite",
        "OPTIONS": {
            "timeout": 20,
            # The workbench keeps all fields of a scope in one row, which it reads and writes again.
            "transaction_mode": "IMMEDIATE",
            # What is kept survives the process; surviving a power cut would be a wait for the disk at each request.
            "init_command": "PRAGMA synchronous=OFF",
        },
        "ATOMIC_REQUESTS": True,
    }
}
MIGRATION_MODULES = {"workbench": None}  # sdk 0.14's wheel lacks them; one way for all releases
WORKBENCH = {"reset_state_on_restart": False, "services": {}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"dated": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "file": {"class": "logging.FileHandler", "filename": FOLDER / "workbench.log", "formatter": "dated"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["file"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["null"], "propagate": True}},
}
