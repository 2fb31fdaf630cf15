"""Filling the index: called by the projections of the apps that own the objects, by nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from hled.language import LANGUAGES, Bilingual
from hled.web.search.models import SearchDocument
from hled.web.search.words import folded


@dataclass(frozen=True, slots=True)
class Document:
    """A public object to be found; `text` holds everything that words may match beside the title.

    `date` is ISO text at any precision, empty where there is none; `url_name` and `url_key` name its page. An
    `own_title` of False means that the title belongs to something else and is shown but not searched.
    """

    kind: str
    key: str
    title: Bilingual
    text: Bilingual | None
    url_name: str
    url_key: str = ""
    pillar: str = ""
    status: str = ""
    date: str = ""
    own_title: bool = True


_CHANGING = [
    "title",
    "text",
    "folded_title",
    "folded_text",
    "pillar",
    "status",
    "date",
    "url_name",
    "url_key",
]


def put(documents: Iterable[Document]) -> None:
    """Add or replace objects in the index, in both languages."""
    SearchDocument.objects.bulk_create(
        [_row(document, language) for document in documents for language in LANGUAGES],
        update_conflicts=True,
        unique_fields=["kind", "key", "language"],
        update_fields=_CHANGING,
        batch_size=200,
    )


def restate(kind: str, key: str, *, status: str, date: str) -> None:
    """Bring the status and the date of an indexed object up to date."""
    SearchDocument.objects.filter(kind=kind, key=key).update(status=status, date=date)


def retitle(kind: str, url_name: str, url_key: str, *, title: Bilingual, pillar: str) -> None:
    """Bring the borrowed title and the pillar of all objects of one kind on one page up to date."""
    found = SearchDocument.objects.filter(kind=kind, url_name=url_name, url_key=url_key)
    for language in LANGUAGES:
        found.filter(language=language).update(title=title.text(language), pillar=pillar)


def _row(document: Document, language: str) -> SearchDocument:
    spanish = language == "es"
    title = document.title.es if spanish else document.title.en
    text = "" if document.text is None else document.text.es if spanish else document.text.en
    return SearchDocument(
        kind=document.kind,
        key=document.key,
        language=language,
        title=title,
        text=text,
        folded_title=folded(title) if document.own_title else "",
        folded_text=folded(text),
        pillar=document.pillar,
        status=document.status,
        date=document.date,
        url_name=document.url_name,
        url_key=document.url_key,
    )
