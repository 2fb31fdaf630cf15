"""A worker as a process of its own: `python -m tests.web.evidence.working` on the home and database given."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hled.web.settings.test")
django.setup()

from hled.evidence import registry  # noqa: E402  # after django.setup()
from hled.web.evidence import worker  # noqa: E402
from tests.web.evidence.toys import PREPARE, register_toys  # noqa: E402

if __name__ == "__main__":
    registry._KNOWN.clear()
    register_toys()
    worker.ask_defaults = lambda: None
    worker.work(PREPARE)
