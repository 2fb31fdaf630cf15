"""Production: everything of `base`, tightened. It refuses to start without a secret key of its own."""

from django.core.exceptions import ImproperlyConfigured

from hled.web.settings.base import *
from hled.web.settings.environment import HOSTS
from hled.web.settings.environment import SECRET_KEY as _SECRET_KEY

if not _SECRET_KEY.read():
    raise ImproperlyConfigured("HLED_SECRET_KEY is required in production / es obligatoria en producción")

DEMONSTRATION = False
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS.read().split(",")]
