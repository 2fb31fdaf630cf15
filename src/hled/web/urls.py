"""The addresses of the site: pages under /en/ and /es/, the API, the files of the record, health."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from hled.web.api.urls import page_patterns as api_pages
from hled.web.api.urls import urlpatterns as api_patterns
from hled.web.design import views
from hled.web.record.urls import file_patterns as record_files

urlpatterns = [
    path("", views.enter),
    path("health", views.health),
    path("ready", views.ready),
    path("api/v1/", include((api_patterns, "api-v1"))),
    path("record/", include((record_files, "record-files"))),
    *i18n_patterns(
        path("", include("hled.web.agenda.urls")),
        path("", include("hled.web.meetings.urls")),
        path("", include("hled.web.search.urls")),
        path("evidence/", include("hled.web.evidence.urls")),
        path("record/", include("hled.web.record.urls")),
        path("docs/", include("hled.web.docs.urls")),
        path("api/", include((api_pages, "api"))),
    ),
]

handler400 = "hled.web.design.views.bad_request"
handler404 = "hled.web.design.views.not_found"
handler500 = "hled.web.design.views.failed"
