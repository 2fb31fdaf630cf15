"""The addresses of the API under /api/v1/, and of its page for people under /en/api/ and /es/api/."""

from django.urls import URLPattern, path

from hled.web.api import views
from hled.web.api.endpoints import api
from hled.web.api.gate import gated, guarded

app_name = "api-v1"
urlpatterns = [
    *(
        guarded(pattern)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ),
    path("openapi.json", gated(views.openapi), name="openapi"),
    path("docs", gated(views.lead_to_docs), name="docs"),
    path("", gated(views.lead_to_docs), name="root"),
]

page_patterns = [path("", views.docs, name="docs")]
