"""Addresses of the record, under /en/record/ and /es/record/."""

from django.urls import path

from hled.web.record import verifier

app_name = "record"

urlpatterns = [
    path("verify/", verifier.verify, name="verify"),
]
