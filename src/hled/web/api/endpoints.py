"""Every endpoint, put together from the `api.py` of each app, and how errors leave: as problem+json."""

from types import MappingProxyType
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from hled import __version__
from hled.evidence import ParameterError
from hled.language import Bilingual, DialogueError
from hled.web.agenda.api import router as agenda
from hled.web.api.errors import BadParametersError, bad_parameters
from hled.web.design.problems import problem
from hled.web.directory.api import router as directory
from hled.web.evidence.api import router as evidence
from hled.web.meetings.api import router as meetings
from hled.web.record.api import router as record
from hled.web.search.api import router as search

ABOUT: Final = Bilingual(
    en="Everything public of the U.S.–Mexico High-Level Economic Dialogue as read-only JSON: the work plan "
    "of 2021, what was promised and what happened, with every source, the record that it follows from, and "
    "questions answered from public data. Every text comes in both languages. Nothing is missing in silence: "
    "what is unknown is null. This is not an official site of either government. Within v1 fields may be "
    "added; none is taken away.",
    es="Todo lo público del Diálogo Económico de Alto Nivel México–Estados Unidos como JSON de solo "
    "lectura: el plan de trabajo de 2021, lo prometido y lo ocurrido, con cada fuente, el registro del que "
    "se deriva y preguntas respondidas con datos públicos. Todo texto viene en ambos idiomas. Nada falta en "
    "silencio: lo desconocido es nulo. Este no es un sitio oficial de ninguno de los dos gobiernos. En v1 "
    "pueden añadirse campos; no se retira ninguno.",
)
TAGS: Final = {
    "agenda": Bilingual("The agenda", "La agenda"),
    "directory": Bilingual("The directory", "El directorio"),
    "meetings": Bilingual("The meetings", "Las reuniones"),
    "search": Bilingual("The search", "La búsqueda"),
    "record": Bilingual("The record", "El registro"),
    "evidence": Bilingual("The evidence", "La evidencia"),
}
_ROUTERS: Final = {
    "agenda": agenda,
    "directory": directory,
    "meetings": meetings,
    "search": search,
    "record": record,
    "evidence": evidence,
}


class _Json(JSONRenderer):
    """JSON as people can read it: letters with accents stand as they are."""

    json_dumps_params = MappingProxyType({"ensure_ascii": False})


api = NinjaAPI(
    title="HLED · DEAN",
    version=__version__,
    description=f"{ABOUT.en}\n\n{ABOUT.es}",
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    renderer=_Json(),
)
for _name, _router in _ROUTERS.items():
    api.add_router("", _router, tags=[_name])


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 400 with every problem of the parameters."""
    return refuse(request, bad_parameters(error.errors))


@api.exception_handler(DialogueError)
def refuse(request: HttpRequest, error: DialogueError) -> HttpResponse:
    """Answer with the error's own message and status, and its list of problems where it has one."""
    problems = error.problems if isinstance(error, ParameterError | BadParametersError) else ()
    return problem(
        request,
        getattr(error, "status", 400),
        error.code,
        error.message,
        problems=[(found.parameter, found.message) for found in problems],
    )
