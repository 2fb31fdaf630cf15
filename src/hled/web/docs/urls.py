"""Addresses of the documents, under /en/docs/ and /es/docs/."""

from django.urls import path

from hled.web.docs import views

app_name = "docs"

urlpatterns = [
    path("", views.index, name="index"),
    path("<path:path>/", views.page, name="page"),
]
