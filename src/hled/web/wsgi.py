"""The WSGI entry point, for gunicorn and any other WSGI server.

Like `hled serve`, it refuses an unsafe database, and in production the log of a demonstration.
"""

import os

from django.core.wsgi import get_wsgi_application

from hled.web.nodes.checks import refuse_demonstration
from hled.web.record.checks import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hled.web.settings.base")

application = get_wsgi_application()
refuse_unsafe()
refuse_demonstration()
