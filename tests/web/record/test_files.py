"""The files of the record as anybody may take them: right bytes, right headers, and nothing beside them."""

import gzip
import hashlib

import pytest
from django.test import Client

from hled.record.objects import ObjectStore
from hled.record.proofs import Receipt
from hled.record.tiles import TileReader, unpack
from hled.record.verify_record import verify_receipt
from hled.web.middleware import RateLimit
from hled.web.record import queries
from hled.web.record.actions import Act, append

HTML = b"<script>alert(1)</script>"
FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.fixture
def name(local) -> str:
    return queries.logs()[0].name


@pytest.fixture
def body(home) -> str:
    checksum = ObjectStore(home / "objects" / "sha256").keep(HTML)
    return f"/record/objects/sha256/{checksum[:2]}/{checksum[2:]}"


def addresses(name: str) -> dict[str, tuple[str, str]]:
    """Every kind of file: its media type and how long it may be kept."""
    size = queries.log(name).size
    last = f"{size // 256:03}.p/{size % 256}"
    return {
        "/record/policy": ("text/plain; charset=utf-8", "public, max-age=60"),
        f"/record/{name}/checkpoint": ("text/plain; charset=utf-8", "public, max-age=5"),
        f"/record/{name}/checkpoint.pending": ("text/plain; charset=utf-8", "public, max-age=5"),
        f"/record/{name}/tile/0/000": ("application/octet-stream", FOR_GOOD),
        f"/record/{name}/tile/0/{last}": ("application/octet-stream", FOR_GOOD),
        f"/record/{name}/tile/entries/001": ("application/octet-stream", FOR_GOOD),
        f"/record/{name}/0.json": ("application/json", FOR_GOOD),
        f"/record/{name}/0.tlog-proof": ("text/plain; charset=utf-8", "public, max-age=60"),
        f"/record/{name}/0.hybrid.tlog-proof": ("text/plain; charset=utf-8", "public, max-age=60"),
        "/record/verify_record.py": ("text/x-python; charset=utf-8", "public, max-age=60"),
    }


def test_every_file_has_its_headers(client, name):
    for address, (media_type, kept) in addresses(name).items():
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Content-Type"] == media_type, address
        assert response["Cache-Control"] == kept, address
        assert response["ETag"].strip("W/") == f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response.get("Vary", "") in {"", "Accept-Encoding"}
        assert "Content-Language" not in response
        assert not response.cookies


def test_an_unchanged_file_is_not_sent_again_and_a_head_has_no_body(client, name):
    for address in addresses(name):
        whole = client.get(address)
        again = client.get(address, headers={"if-none-match": whole["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Length"] == str(len(whole.content))


def test_the_tiles_are_a_log_that_leads_to_its_root(client, name):
    def read(path: str) -> bytes:
        response = client.get(f"/record/{name}/{path}")
        assert response.status_code == 200, path
        return response.content

    log = queries.log(name)
    reader = TileReader(read, log.size)
    assert reader.root() == log.root
    assert reader.bundle(0)[3] == queries.raw(name, 3)


def test_bundles_go_out_packed_to_whoever_takes_that(client, name):
    response = client.get(f"/record/{name}/tile/entries/000", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert unpack(gzip.decompress(response.content), 256)[0] == queries.raw(name, 0)


def test_entry_receipt_and_policy_verify_with_the_single_file(client, name):
    entry, proof, policy = (
        client.get(f"/record/{path}").content for path in (f"{name}/9.json", f"{name}/9.tlog-proof", "policy")
    )
    found = verify_receipt(entry, proof, policy)
    assert (found.index, found.size) == (9, queries.log(name).size)
    assert (
        client.get(f"/record/{name}/9.json")["Content-Disposition"] == f'attachment; filename="{name}-9.json"'
    )


def test_the_hybrid_receipt_is_the_larger_one(client, cosigned):
    name = queries.logs()[0].name
    small, large = (
        client.get(f"/record/{name}/4.{kind}").content for kind in ("tlog-proof", "hybrid.tlog-proof")
    )
    assert len(small) <= 2048 < len(large)
    assert len(Receipt.parse(large).checkpoint.signatures) == 5


def test_a_body_is_a_file_to_keep_never_a_page(client, local, body):
    response = client.get(body)
    assert response.content == HTML
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == FOR_GOOD
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_damaged_body_is_not_given_out(client, local, home, body):
    path = home / body.removeprefix("/record/")
    path.write_bytes(b"something else")
    response = client.get(body)
    assert response.status_code == 404
    assert "record.object_damaged" in response.content.decode()


def test_what_is_not_on_the_record_yet_says_so(client, local, name):
    (seq,) = append([Act("agenda.action.corrected", "urn:hled:action:tested", {"n": 1})])
    _, index = queries.place(seq)
    response = client.get(f"/record/{name}/{index}.tlog-proof")
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert "record.not_yet" in text
    assert "next checkpoint" in text
    assert "siguiente punto de control" in text
    assert client.get(f"/record/{name}/{index}.json")["Cache-Control"] == "public, max-age=5"


def test_what_proves_a_contradiction_is_public(client, local):
    name = "20261123T120000.000001Z-fork"
    folder = local.record / "evidence" / name
    folder.mkdir(parents=True)
    (folder / "about.txt").write_text("Two histories.\n\nDos historias.\n")
    (folder / "shown").write_text("a note")
    (folder / "HIDDEN").write_text("not published")
    assert client.get(f"/record/evidence/{name}/about.txt").content.startswith(b"Two histories.")
    assert client.get(f"/record/evidence/{name}/HIDDEN").status_code == 404
    assert client.get(f"/record/evidence/{name}/../../policy").status_code == 404
    for page in ("/en/record/", "/en/record/checkpoints/"):
        shown = client.get(page).content.decode()
        assert "A log has contradicted itself" in shown
        assert f"/record/evidence/{name}/shown" in shown
        assert "HIDDEN" not in shown


OUTSIDE = [
    "{name}/../policy",
    "{name}/..%2f..%2fhled.sqlite3",
    "..%2fsecret_key",
    "%2e%2e/secret_key",
    "../../etc/passwd",
    "{name}/tile/../checkpoint",
    "{name}/tile/0/../../checkpoint",
    "{name}/tile/0/..%2f000",
    "{name}/tile/0/000%00",
    "{name}/tile/0/000/",
    "{name}/tile/0//000",
    "{name}/tile/00/000",
    "{name}/tile/64/000",
    "{name}/tile/-1/000",
    "{name}/tile/0/٠٠٠",
    "{name}/tile/０/000",
    "{name}/tile/0/x000/000",
    "{name}/tile/0/000.p/0",
    "{name}/tile/0/000.p/256",
    "{name}/tile/0/000.p/1.p/1",
    "{name}/tile/entries/999",
    "{name}/tile/0/" + "x999/" * 50 + "999",
    "{name}/00.json",
    "{name}/-1.json",
    "{name}/1e3.json",
    "{name}/٣.json",
    "{name}/3.json/",
    "{name}/999999.json",
    "{name}/99999999999999999999999.json",
    "{name}/999999.tlog-proof",
    "{name}/0.TLOG-PROOF",
    "{name}/.new-checkpoint",
    "{name}",
    "LOCAL/checkpoint",
    "nobody/checkpoint",
    "objects/checkpoint",
    "objects/sha256/ab/" + "c" * 61,
    "objects/sha256/ab/" + "C" * 62,
    "objects/sha256/../" + "c" * 62,
    "objects/sha256/ab/" + "c" * 62,
    "cosigned/" + "0" * 64 + "/checkpoint",
    "cosigned/../checkpoint",
    "cosigned/" + "0" * 63 + "/checkpoint",
    "evidence/20261123T120000.000001Z-fork/../about.txt",
    "evidence/./about.txt",
    "keys",
    "../keys/log.key",
    "node.toml",
    "x" * 5000,
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_else_can_be_named(client, name, path):
    response = client.get(f"/record/{path.format(name=name)}")
    assert response.status_code == 404, path
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("404 record.")
    assert len(text.splitlines()) == 3
    assert len(text) < 600  # nothing of a long address comes back


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_files_are_read_only(client, name, method):
    for address in ("/record/policy", f"/record/{name}/0.json", f"/record/{name}/checkpoint"):
        assert getattr(client, method)(address).status_code == 405


def test_the_address_of_the_files_leads_to_the_page_about_them(client, loaded):
    response = client.get("/record/", headers={"accept-language": "es-MX"})
    assert (response.status_code, response["Location"]) == (302, "/es/record/")
    assert "Accept-Language" in response["Vary"]


def test_a_follower_does_not_use_up_what_its_network_may_read(name):
    client = Client()
    for number in range(400):
        assert client.get(f"/record/{name}/tile/entries/{number % 2:03}").status_code == 200
    assert client.get("/en/search/?q=border").status_code == 200
    pattern, size, rate = next(limit for limit in RateLimit.LIMITS if limit[0].match("GET /record/x"))
    assert size >= 400
    assert rate >= 100
    assert not pattern.match("GET /en/record/")


def test_too_many_files_are_refused_in_plain_text(name, monkeypatch):
    monkeypatch.setattr(RateLimit, "LIMITS", tuple((pattern, 2, 0.25) for pattern, _, _ in RateLimit.LIMITS))
    client = Client()
    answers = [client.get("/record/policy") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Content-Type"] == "text/plain; charset=utf-8"
    assert int(answers[-1]["Retry-After"]) >= 1
