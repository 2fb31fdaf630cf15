"""Tests: `base` without collected assets and with a home of its own."""

import os
import tempfile

if "HLED_HOME" not in os.environ:
    home_of_tests = tempfile.TemporaryDirectory(prefix="hled-test-")  # removed when this process ends
    os.environ["HLED_HOME"] = home_of_tests.name
os.environ.setdefault("HLED_SECRET_KEY", "only-for-tests-" + "0" * 50)

from hled.web.settings.base import *  # the home must be set before base reads it

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
LOGGING = {"version": 1, "disable_existing_loggers": False}
