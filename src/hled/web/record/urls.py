"""Addresses of the record: pages under /en/record/ and /es/record/, files under /record/."""

from django.urls import path, register_converter

from hled.web.record import verifier
from hled.web.record.converters import Body, Checksum, Exhibit, Index, LogName, Urn
from hled.web.record.views import browsing, files

register_converter(LogName, "log")
register_converter(Index, "index")
register_converter(Checksum, "sha256")
register_converter(Urn, "urn")
register_converter(Body, "body")
register_converter(Exhibit, "exhibit")

app_name = "record"
urlpatterns = [
    path("", browsing.record, name="record"),
    path("verify/", verifier.verify, name="verify"),
    path("proof/", browsing.proof, name="proof"),
    path("checkpoints/", browsing.checkpoints, name="checkpoints"),
    path("history/<urn:urn>/", browsing.history, name="history"),
    path("<log:log>/<index:index>/", browsing.entry, name="entry"),
]
file_patterns = [
    path("", files.enter, name="enter"),
    *(path(name, files.public, {"name": name}, name=name) for name in files.PUBLIC),
    path(files.VERIFIER.name, files.verifier, name="verifier"),
    path("objects/sha256/<body:checksum>", files.body, name="body"),
    path("cosigned/<sha256:origin>/checkpoint", files.cosigned, name="cosigned"),
    path("evidence/<exhibit:name>", files.exhibit, name="exhibit"),
    path("<log:log>/checkpoint", files.checkpoint, name="checkpoint"),
    path("<log:log>/checkpoint.pending", files.pending, name="pending"),
    path("<log:log>/tile/<path:path>", files.tile, name="tile"),
    path("<log:log>/<index:index>.json", files.entry, name="bytes"),
    path("<log:log>/<index:index>.tlog-proof", files.proof, name="receipt"),
    path("<log:log>/<index:index>/<index:item>.tlog-proof", files.personal_proof, name="personal"),
    path("<log:log>/<index:index>.hybrid.tlog-proof", files.hybrid_proof, name="hybrid"),
    path("<path:path>", files.nothing, name="nothing"),
]
