"""The addresses of the evidence, under /en/evidence/ and /es/evidence/."""

from django.urls import path, register_converter

from hled.web.evidence import views
from hled.web.evidence.converters import RunId

register_converter(RunId, "run_id")

app_name = "evidence"
urlpatterns = [
    path("", views.questions, name="questions"),
    path("runs/<run_id:run_id>/", views.run, name="run"),
    path("runs/<run_id:run_id>/<str:name>", views.download, name="download"),
    path("<str:question_id>/", views.question, name="question"),
    path("<str:question_id>/ask/", views.ask, name="ask"),
]
