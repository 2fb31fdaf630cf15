"""Addresses of the meetings, the calendar and the downloads."""

from django.urls import path

from hled.web.meetings import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<str:key>/", views.meeting, name="meeting"),
    path("calendar.ics", views.calendar_file, name="calendar"),
    path("download/<slug:section>.<slug:form>", views.download, name="download"),
]
