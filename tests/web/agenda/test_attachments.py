"""Official texts beside their source: kept by checksum, on record once, given out only as files."""

import dataclasses

import pytest
from django.urls import reverse
from django.utils import translation

from hled.language import Bilingual
from hled.web.agenda import queries
from hled.web.agenda.actions import attach
from hled.web.agenda.errors import NotOnRecordError, TextDamagedError, TextMissingError
from hled.web.agenda.models import AttachmentRow, SourceRow
from hled.web.record import actions, projection
from hled.web.record import queries as record
from hled.workplan import bundled_record, charter, dump_record, load_record
from hled.workplan.attachments import described

SOURCE = charter().source_id
TEXT = "Hoja informativa: Diálogo Económico de Alto Nivel.\n".encode()
PAGE = b"<!doctype html><script>alert(1)</script>"
NOTE = Bilingual("Saved on 3 May 2025.", "Guardado el 3 de mayo de 2025.")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def put(name="hoja.txt", data=TEXT, *, source=SOURCE, note=None):
    return attach(described(source, name, data, language="es", note=note), data)


def address(found, language="en"):
    with translation.override(language):
        return reverse("agenda:text", args=[found.attachment.source, found.attachment.sha256])


def path(home, found):
    checksum = found.attachment.sha256
    return home / "objects" / "sha256" / checksum[:2] / checksum[2:]


def test_the_bytes_are_kept_and_the_entry_says_what_they_are(loaded, home):
    size = record.head().size
    done = put(note=NOTE)
    assert (done.seq, done.already) == (size, False)
    assert path(home, done).read_bytes() == TEXT
    entry = record.leaf(done.seq).entry
    assert entry.type == "agenda.source.attached"
    assert entry.id == f"urn:hled:attachment:{done.attachment.sha256[:32]}-{SOURCE}"
    assert entry.content == {
        "source": SOURCE,
        "language": "es",
        "media_type": "text/plain",
        "sha256": done.attachment.sha256,
        "bytes": len(TEXT),
        "name": "hoja.txt",
        "note_en": NOTE.en,
        "note_es": NOTE.es,
    }
    (shown,) = queries.source(SOURCE).attachments
    assert (shown.attachment, shown.seq, shown.attached.iso) == (done.attachment, size, entry.at[:10])


def test_the_same_copy_again_adds_nothing_but_mends_lost_bytes(loaded, home):
    first = put()
    path(home, first).unlink()
    again = put("other-name.txt")
    assert again == dataclasses.replace(first, already=True)
    assert record.head().size == first.seq + 1
    assert queries.text(SOURCE, first.attachment.sha256)[1] == TEXT


def test_one_file_may_be_the_text_of_two_sources(loaded):
    other = bundled_record().sources[0].id
    assert other != SOURCE
    done = [put(), put(source=other)]
    assert [item.already for item in done] == [False, False]
    assert len(queries.source(other).attachments) == len(queries.source(SOURCE).attachments) == 1


def test_an_unknown_source_keeps_nothing(loaded, home):
    size = record.head().size
    with pytest.raises(NotOnRecordError, match="no-such-source"):
        put(source="no-such-source")
    assert record.head().size == size
    assert list(home.rglob("*")) == []


def test_a_failing_projection_keeps_no_row(loaded, monkeypatch):
    def fails(entry: object, seq: int) -> None:
        raise RuntimeError("no room")

    monkeypatch.setitem(projection._projectors, "agenda.source.attached", fails)
    size = record.head().size
    with pytest.raises(RuntimeError, match="no room"):
        put()
    assert record.head().size == size
    assert not AttachmentRow.objects.exists()


def test_a_source_with_a_text_can_still_be_corrected(loaded):
    put()
    known = bundled_record()
    title = Bilingual("A corrected publisher", "Un editor corregido")
    sources = [
        dataclasses.replace(item, publisher=title) if item.id == SOURCE else item for item in known.sources
    ]
    done = actions.load(load_record(dump_record(dataclasses.replace(known, sources=tuple(sources)))))
    assert (done.appended, done.kept) == (1, 0)
    found = queries.source(SOURCE)
    assert found.source.publisher == title
    assert len(found.attachments) == 1


@pytest.mark.slow
def test_rows_follow_from_the_entries_alone(loaded):
    put(note=NOTE)
    put("page.html", PAGE)
    before = list(AttachmentRow.objects.order_by("id").values())
    assert len(before) == 2
    projection.replay()
    assert list(AttachmentRow.objects.order_by("id").values()) == before
    assert SourceRow.objects.filter(id=SOURCE).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("A copy kept by the operator", "in Spanish")), ("es", ("Copia que conserva", "en español"))],
)
def test_the_page_of_the_source_offers_the_text(loaded, client, language, words):
    page = f"/{language}/sources/{SOURCE}/"
    assert words[0] not in client.get(page).content.decode()
    done = put(note=NOTE)
    shown = client.get(page).content.decode()
    wanted = (*words, done.attachment.sha256, NOTE.text(language), f'href="{address(done, language)}"')
    assert [text for text in wanted if text not in shown] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_about_the_site_leads_to_the_official_text(loaded, client, language):
    assert f'href="/{language}/sources/{SOURCE}/"' in client.get(f"/{language}/about/").content.decode()


@pytest.mark.parametrize(
    ("name", "data", "sent_as"),
    [
        ("hoja.txt", TEXT, "text/plain; charset=utf-8"),
        ("page.html", PAGE, "text/plain; charset=utf-8"),
        ("notes.md", TEXT, "text/markdown; charset=utf-8"),
        ("año 1.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"),
    ],
)
def test_a_text_is_sent_as_a_file_and_never_runs(loaded, client, name, data, sent_as):
    done = put(name, data)
    response = client.get(address(done))
    assert response.content == data
    assert response["Content-Type"] == sent_as
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["ETag"] == f'"{done.attachment.sha256}"'


def test_an_unchanged_text_is_not_sent_again(loaded, client):
    done = put()
    response = client.get(address(done), headers={"if-none-match": f'"{done.attachment.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(("language", "words"), [("en", "is not kept on this"), ("es", "no se conserva")])
def test_a_lost_text_is_said(loaded, client, home, language, words):
    done = put()
    path(home, done).unlink()
    response = client.get(address(done, language))
    assert response.status_code == 404
    assert words in response.content.decode()
    with pytest.raises(TextMissingError):
        queries.text(SOURCE, done.attachment.sha256)


@pytest.mark.parametrize(("language", "words"), [("en", "is damaged"), ("es", "está dañado")])
def test_a_damaged_text_is_not_given_out(loaded, client, home, language, words):
    done = put()
    path(home, done).write_bytes(PAGE)
    response = client.get(address(done, language))
    assert response.status_code == 500
    assert words in response.content.decode()
    assert PAGE not in response.content
    with pytest.raises(TextDamagedError):
        queries.text(SOURCE, done.attachment.sha256)


@pytest.mark.parametrize("checksum", ["0" * 64, "a%00b", "..%2f..%2fsecret", "x" * 500])
def test_what_is_not_on_record_is_not_found(loaded, client, checksum):
    put()
    assert client.get(f"/en/sources/{SOURCE}/texts/{checksum}").status_code == 404
    other = bundled_record().sources[0].id
    (kept,) = queries.source(SOURCE).attachments
    assert client.get(f"/en/sources/{other}/texts/{kept.attachment.sha256}").status_code == 404


def test_the_changes_name_it_and_lead_to_its_source(loaded, client):
    put()
    newest = queries.changes(1).entries[0]
    assert (newest.kind, newest.url_name, newest.url_key) == ("attachment", "agenda:source", SOURCE)
    assert f"/es/sources/{SOURCE}/" in client.get("/es/changes.atom").content.decode()


def test_the_api_lists_it(loaded, client):
    done = put(note=NOTE)
    (found,) = client.get(f"/api/v1/sources/{SOURCE}").json()["attachments"]
    assert found["sha256"] == done.attachment.sha256
    assert (found["name"], found["size"], found["language"]) == ("hoja.txt", len(TEXT), "es")
    assert (found["note"], found["seq"]) == (NOTE.as_dict(), done.seq)
