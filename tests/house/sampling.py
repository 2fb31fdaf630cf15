"""One address of every page: the URLconf is walked, and each argument is taken from the bundled record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from hled import evidence
from hled.web.agenda import actions
from hled.web.docs.queries import documents
from hled.web.evidence import queries as runs
from hled.web.record import queries
from hled.workplan import attachments, bundled_record, charter


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern of the URLconf; `in_language` says whether it stands under `/en/` and `/es/`."""

    name: str
    arguments: tuple[str, ...]
    in_language: bool
    callback: Callable[..., object] = field(compare=False)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"


def routes() -> Iterator[Route]:
    """Walk every pattern, those of the API too."""
    return _below(get_resolver(), Route("", (), in_language=False, callback=get_resolver))


def _below(resolver: URLResolver, above: Route) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        arguments = (*above.arguments, *pattern.pattern.converters)
        in_language = above.in_language or isinstance(pattern.pattern, LocalePrefixPattern)
        if isinstance(pattern, URLPattern):
            name = above.name + (pattern.name or str(pattern.pattern))
            yield Route(name, arguments, in_language, pattern.callback)
        else:
            name = above.name + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from _below(pattern, Route(name, arguments, in_language, get_resolver))


def samples() -> dict[str, dict[str, object]]:
    """Arguments that lead to a real page, by the name of the view."""
    record = bundled_record()
    return {
        "agenda:pillar": {"key": next(pillar.id for pillar in charter().pillars)},
        "agenda:line": {"number": 1},
        "agenda:action": {"key": max(record.actions, key=lambda action: len(action.events)).id},
        "agenda:body": {"key": record.bodies[0].id},
        "agenda:agency": {"key": record.agencies[0].id},
        "agenda:source": {"key": record.sources[0].id},
        "agenda:text": attached(record.sources[0].id),
        "meetings:meeting": {"key": record.meetings[0].id},
        "meetings:download": {"section": "actions", "form": "csv"},
        "docs:page": {"path": min(documents())},
        "record:entry": {"log": queries.newest(1)[0].log, "index": 0},
        "record:history": {"urn": f"urn:hled:action:{record.actions[0].id}"},
        **asked(),
    }


def attached(source: str) -> dict[str, object]:
    """Arguments of an attached text: one of our own, attached to `source`."""
    data = b"An official text.\n"
    wanted = attachments.described(source, "text.txt", data, language="en")
    return {"key": source, "checksum": actions.attach(wanted, data).attachment.sha256}


def asked() -> dict[str, dict[str, object]]:
    """Arguments of the evidence pages: the first question with its default values, asked and kept."""
    question = evidence.questions()[0]
    run = evidence.ask(question.id, {}, store=runs.store())[0].run_id
    return {
        "evidence:question": {"question_id": question.id},
        "evidence:ask": {"question_id": question.id},
        "evidence:run": {"run_id": run},
        "evidence:download": {"run_id": run, "name": "answer.json"},
    }


def pages(language: str) -> dict[str, str]:
    """The path of one page for every public route that has a language.

    Raises:
        LookupError: a route takes arguments and no sample is known; each such route is named.
    """
    known = samples()
    localised = [route for route in routes() if route.in_language]
    missing = [str(route) for route in localised if route.arguments and route.name not in known]
    if missing:
        raise LookupError(f"no sample arguments for {missing}: add them to tests/house/sampling.py")
    with translation.override(language):
        return {route.name: reverse(route.name, kwargs=known.get(route.name, {})) for route in localised}
