"""Searching: the one reader of the index."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection

from hled.language import LANGUAGES, Bilingual, DialogueError, Language
from hled.web.search.models import SearchDocument
from hled.web.search.words import excerpt, marked, terms

PAGE_SIZE: Final = 20


class NoSuchPageError(DialogueError):
    """A page of results beyond the last one."""

    code = "search.no_page"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; None means everything."""

    kind: str | None = None
    pillar: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A found object; `marked_title` and `excerpt` are pieces `(text, is_match)` in reading order."""

    kind: str
    key: str
    title: str
    marked_title: tuple[tuple[str, bool], ...]
    excerpt: tuple[tuple[str, bool], ...]
    pillar: str
    status: str
    date: str
    url_name: str
    url_key: str


@dataclass(frozen=True, slots=True)
class Titled:
    """The title of an indexed object and the name of its page."""

    title: Bilingual
    url_name: str
    url_key: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results; `elsewhere` counts what the same words find in the other language."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    language: Language
    other: Language
    elsewhere: int


def search(query: str, language: Language, filters: Filters | None = None, page: int = 1) -> Page:
    """Return the objects that hold every word of `query`, best first, in at most three queries.

    Raises:
        SearchRefusedError: the text has no words, is too long, or has too many words.
        NoSuchPageError: the page is below 1 or beyond the last.
    """
    wanted = terms(query)
    narrowed = filters or Filters()
    where, values = _where(wanted, narrowed)
    counts = _counts(where, values)
    total = counts.get(language, 0)
    pages = max(1, -(-total // PAGE_SIZE))
    if not 1 <= page <= pages:
        raise _no_page(pages)
    other = next(name for name in LANGUAGES if name != language)
    hits = _hits(where, [*values, language], wanted, offset=(page - 1) * PAGE_SIZE) if total else ()
    return Page(hits, total, page, pages, language, other, counts.get(other, 0))


def keys(query: str, kind: str) -> frozenset[str]:
    """Return the keys of the objects of one kind that hold every word of `query` in either language.

    Raises:
        SearchRefusedError: as `search`.
    """
    where, values = _where(terms(query), Filters(kind=kind))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT d.key {where}", values)
        return frozenset(row[0] for row in cursor.fetchall())


def titles(objects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Titled]:
    """Return the title and the page of indexed objects, named by (kind, key), in one query."""
    wanted = set(objects)
    rows = SearchDocument.objects.filter(key__in={key for _, key in wanted})
    found: dict[tuple[str, str], dict[str, SearchDocument]] = {}
    for row in rows:
        found.setdefault((row.kind, row.key), {})[row.language] = row
    return {
        name: Titled(Bilingual(pair["en"].title, pair["es"].title), pair["en"].url_name, pair["en"].url_key)
        for name, pair in found.items()
        if name in wanted
    }


def _where(wanted: tuple[str, ...], filters: Filters) -> tuple[str, list[str]]:
    """Return the FROM and WHERE clauses. The words are letters and digits only, by `terms`."""
    if connection.vendor == "postgresql":
        clause = "FROM search_document d, to_tsquery('simple', %s) q WHERE d.words @@ q"
        values: list[str] = [" & ".join(f"'{term}':*" for term in wanted)]
    else:
        clause = (
            "FROM search_words JOIN search_document d ON d.id = search_words.rowid "
            "WHERE search_words MATCH %s"
        )
        values = [" ".join(f'"{term}"*' for term in wanted)]
    for column in ("kind", "pillar", "status"):
        value = getattr(filters, column)
        if value is not None:
            clause += f" AND d.{column} = %s"
            values.append(value.replace("\0", ""))
    return clause, values


def _counts(where: str, values: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.language, count(*) {where} GROUP BY d.language", values)
        return dict(cursor.fetchall())


def _hits(where: str, values: list[str], wanted: tuple[str, ...], *, offset: int) -> tuple[Hit, ...]:
    rank = "bm25(search_words, 4.0, 1.0)" if connection.vendor == "sqlite" else "-ts_rank_cd(d.words, q)"
    columns = "d.kind, d.key, d.title, d.text, d.pillar, d.status, d.date, d.url_name, d.url_key"
    order = f"ORDER BY {rank}, d.date DESC, d.kind, d.key"
    sql = f"SELECT {columns} {where} AND d.language = %s {order} LIMIT %s OFFSET %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, PAGE_SIZE, offset])
        rows = cursor.fetchall()
    return tuple(_hit(row, wanted) for row in rows)


def _hit(row: tuple[str, ...], wanted: tuple[str, ...]) -> Hit:
    kind, key, title, text, pillar, status, date, url_name, url_key = row
    return Hit(
        kind=kind,
        key=key,
        title=title,
        marked_title=marked(title, wanted),
        excerpt=excerpt(text, wanted),
        pillar=pillar,
        status=status,
        date=date,
        url_name=url_name,
        url_key=url_key,
    )


def _no_page(pages: int) -> NoSuchPageError:
    return NoSuchPageError(
        Bilingual(
            en=f"There is no such page of results: the last one is {pages:,}.",
            es=f"No existe esa página de resultados: la última es la {pages:,}.",
        )
    )
