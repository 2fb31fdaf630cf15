"""One address of every page: the URLconf is walked, and each argument is taken from the bundled record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from hled import evidence
from hled.web.docs.queries import documents
from hled.web.evidence import queries as runs
from hled.workplan import bundled_record, charter


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern of the URLconf: the name of its view, its arguments, its view."""

    name: str
    arguments: tuple[str, ...]
    callback: Callable[..., object] = field(compare=False)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"


def routes(
    resolver: URLResolver | None = None, prefix: str = "", outer: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Walk every pattern; API patterns too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        arguments = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield Route(prefix + (pattern.name or str(pattern.pattern)), arguments, pattern.callback)
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern, inner, arguments)


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
        "meetings:meeting": {"key": record.meetings[0].id},
        "meetings:download": {"section": "actions", "form": "csv"},
        "docs:page": {"path": min(documents())},
        **asked(),
    }


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
    localised = [route for route in routes() if ":" in route.name and not route.name.startswith("api")]
    missing = [str(route) for route in localised if route.arguments and route.name not in known]
    if missing:
        raise LookupError(f"no sample arguments for {missing}: add them to tests/house/sampling.py")
    with translation.override(language):
        return {route.name: reverse(route.name, kwargs=known.get(route.name, {})) for route in localised}
