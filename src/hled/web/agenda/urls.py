"""Addresses of the agenda."""

from django.urls import path

from hled.web.agenda.views import checking, feeds, plan, reporting

app_name = "agenda"
urlpatterns = [
    path("", plan.home, name="home"),
    path("pillars/<slug:key>/", plan.pillar, name="pillar"),
    path("lines/<int:number>/", plan.line, name="line"),
    path("actions/", plan.actions, name="actions"),
    path("actions/<str:key>/", plan.action, name="action"),
    path("events/", plan.events, name="events"),
    path("bodies/", plan.bodies, name="bodies"),
    path("bodies/<str:key>/", plan.body, name="body"),
    path("agencies/<str:key>/", plan.agency, name="agency"),
    path("silent/", checking.silent, name="silent"),
    path("sources/", checking.sources, name="sources"),
    path("sources/<str:key>/", checking.source, name="source"),
    path("sources/<str:key>/texts/<str:checksum>", checking.text, name="text"),
    path("discrepancies/", checking.discrepancies, name="discrepancies"),
    path("about/", checking.about, name="about"),
    path("report-error/", reporting.report_error, name="report_error"),
    path("changes.atom", feeds.feed, name="feed"),
]
