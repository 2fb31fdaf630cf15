"""Who may ask, and how much: anyone may; a stranger has a quota, the queue an end, the disk some room.

A kept answer costs nothing and is never counted. An asker is named by a keyed hash of the address and the
day, so that the table holds no personal data.
"""

import datetime as dt
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hled.language import Bilingual
from hled.web.evidence.errors import QuotaExceededError, StoreFullError
from hled.web.evidence.models import Job, State
from hled.web.evidence.queries import store
from hled.web.evidence.room import Room
from hled.web.rate_limit import client_key

SITE: Final = "site"  # the site itself asks each question once with its default values
MAX_OPEN: Final = 4
MAX_AN_HOUR: Final = 60
MAX_QUEUE: Final = 200

_room: Final = Room()
_OPEN: Final = Bilingual(
    en="{limit} of your questions are still being answered. Ask again when one is done.",
    es="Aún se están respondiendo {limit} de sus preguntas. Pregunte de nuevo cuando termine una.",
)
_AN_HOUR: Final = Bilingual(
    en="You asked {limit} new questions within an hour. Ask again later; kept answers stay open to you.",
    es="Hizo {limit} preguntas nuevas en una hora. Pregunte de nuevo más tarde; las respuestas conservadas "
    "siguen a su disposición.",
)
_QUEUE: Final = Bilingual(
    en="Too many questions are waiting now. Ask again in a few minutes.",
    es="Hay demasiadas preguntas en espera. Pregunte de nuevo en unos minutos.",
)


def asker(request: HttpRequest) -> str:
    """Name who asks, for this day only."""
    day = timezone.now().date().isoformat()
    return salted_hmac(f"hled.evidence.asker.{day}", client_key(request), algorithm="sha256").hexdigest()


def admit(name: str) -> None:
    """Let an asker add one job to the queue.

    Raises:
        QuotaExceededError: the asker, or everybody together, has asked for too much.
        StoreFullError: the kept answers take up the room there is; only the site itself adds to them.
    """
    if name == SITE:
        return
    if _room.used(store().home) >= settings.EVIDENCE_BYTES:
        raise StoreFullError.of(settings.EVIDENCE_BYTES)
    if Job.objects.filter(state=State.WAITING).count() >= MAX_QUEUE:
        raise QuotaExceededError(_QUEUE)
    mine = Job.objects.filter(asked_by=name)
    if mine.filter(state__in=[State.WAITING, State.RUNNING]).count() >= MAX_OPEN:
        raise QuotaExceededError(_OPEN.format(limit=MAX_OPEN))
    if mine.filter(asked_at__gt=timezone.now() - dt.timedelta(hours=1)).count() >= MAX_AN_HOUR:
        raise QuotaExceededError(_AN_HOUR.format(limit=MAX_AN_HOUR))
