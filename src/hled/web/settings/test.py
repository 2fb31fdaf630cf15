"""Tests: `base` without collected assets and with a home of its own."""

import os
import tempfile

os.environ.setdefault("HLED_HOME", tempfile.mkdtemp(prefix="hled-test-"))
os.environ.setdefault("HLED_SECRET_KEY", "only-for-tests-" + "0" * 50)

from hled.web.settings.base import *  # the home must be set before base reads it

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
LOGGING = {"version": 1, "disable_existing_loggers": False}
