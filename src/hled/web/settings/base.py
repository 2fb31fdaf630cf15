"""The settings with which the platform runs anywhere; `production` only tightens them."""

import sys
from pathlib import Path

import pysqlite3
from django.utils.translation import gettext_lazy as _

from hled.web.settings import environment

# Before Django opens a database: the interpreter's own SQLite may carry the WAL-reset bug (docs/adr/0002).
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

WEB = Path(__file__).resolve().parent.parent
HOME = environment.home()

DEBUG = False
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.HOSTS.read().split(",")
PROXY = environment.is_behind_proxy()
READ_ONLY = environment.is_read_only()
DEMONSTRATION = True  # a log that no government stands behind may be served; every page says so

INSTALLED_APPS = [
    "hled.web.design",
    "hled.web.search",
    "hled.web.record",
    "hled.web.nodes",
    "hled.web.audit",
    "hled.web.evidence",
    "hled.web.directory",
    "hled.web.agenda",
    "hled.web.meetings",
    "hled.web.docs",
    "hled.web.api",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "hled.web.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "hled.web.middleware.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hled.web.page_cache.PublicPages",
    "hled.web.middleware.RateLimit",
    "hled.web.middleware.ReadOnly",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hled.web.middleware.DefaultDeny",
    "hled.web.middleware.ErrorPages",
]
ROOT_URLCONF = "hled.web.urls"
WSGI_APPLICATION = "hled.web.wsgi.application"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database()}
EVIDENCE_BYTES = 2 * 1024**3  # when the kept answers take more, strangers' new questions are refused

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "hled.web.design.context.page",
                "hled.web.record.context.node",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "hled.web.design.templatetags.dialogue",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [WEB / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [path for path in [HOME / "assets"] if path.exists()]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "hled.web.design.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "hled.web.design.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": environment.LOG_LEVEL.read()},
    "loggers": {"django.server": {"level": "WARNING"}},
}
