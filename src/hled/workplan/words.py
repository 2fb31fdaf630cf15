"""What each code of the record is called, in both languages: kinds, bases of dates, how much was read."""

from typing import Final

from hled.language import Bilingual
from hled.workplan.types import DateBasis, EventKind, Official, Party, SourceRead, Weight

KIND: Final[dict[EventKind, Bilingual]] = {
    EventKind.COMMITMENT: Bilingual("Commitment", "Compromiso"),
    EventKind.PLAN: Bilingual("Plan", "Plan"),
    EventKind.STATEMENT: Bilingual("Statement", "Declaración"),
    EventKind.ANNOUNCEMENT: Bilingual("Announcement", "Anuncio"),
    EventKind.SCHEDULED: Bilingual("Scheduled date", "Fecha programada"),
    EventKind.REVIEW: Bilingual("Review", "Revisión"),
    EventKind.MEETING: Bilingual("Meeting", "Reunión"),
    EventKind.AGREEMENT: Bilingual("Agreement", "Acuerdo"),
    EventKind.WORKING_GROUP: Bilingual("Working group", "Grupo de trabajo"),
    EventKind.FUNDING: Bilingual("Funding", "Financiamiento"),
    EventKind.PROGRAMME_LAUNCH: Bilingual("Programme launch", "Arranque de programa"),
    EventKind.STUDY: Bilingual("Study", "Estudio"),
    EventKind.CONSTRUCTION: Bilingual("Construction", "Obra"),
    EventKind.OUTPUT: Bilingual("Output", "Producto"),
    EventKind.MILESTONE: Bilingual("Milestone", "Hito"),
}

WEIGHT: Final[dict[Weight, Bilingual]] = {
    Weight.PROMISE: Bilingual("promise", "promesa"),
    Weight.REVIEW: Bilingual("review", "revisión"),
    Weight.ACTIVITY: Bilingual("activity", "actividad"),
    Weight.RESULT: Bilingual("result", "resultado"),
}

BASIS: Final[dict[DateBasis, Bilingual]] = {
    DateBasis.EVENT: Bilingual("the source dates the fact itself", "la fuente fecha el hecho mismo"),
    DateBasis.REPORT: Bilingual(
        "only the report is dated: it happened on or before this day",
        "solo el informe tiene fecha: ocurrió ese día o antes",
    ),
    DateBasis.INFERRED: Bilingual("date deduced from context", "fecha deducida del contexto"),
    DateBasis.SCHEDULED: Bilingual(
        "announced date; no proof that it took place", "fecha anunciada; sin prueba de que se haya realizado"
    ),
    DateBasis.UNKNOWN: Bilingual("no date is known", "se desconoce la fecha"),
}

READ: Final[dict[SourceRead, Bilingual]] = {
    SourceRead.FULL: Bilingual("whole text read", "texto leído completo"),
    SourceRead.PART: Bilingual(
        "only the parts on the dialogue read", "leídas solo las partes sobre el diálogo"
    ),
    SourceRead.EXCERPT: Bilingual("only the opening read", "leído solo el inicio"),
    SourceRead.SECONDARY: Bilingual("known through press or a digest", "conocido por prensa o resumen"),
}

LEVEL: Final[dict[str, Bilingual]] = {
    "cabinet": Bilingual("Cabinet-level meeting", "Reunión a nivel de gabinete"),
    "review": Bilingual("Mid-year review", "Revisión de medio año"),
    "stakeholders": Bilingual("Meeting with stakeholders", "Encuentro con actores interesados"),
    "preparatory": Bilingual("Preparatory meeting", "Reunión preparatoria"),
    "first_cycle": Bilingual("First cycle, 2013–2016", "Primer ciclo, 2013–2016"),
}

PARTY: Final[dict[Party, Bilingual]] = {
    Party.US: Bilingual("United States", "Estados Unidos"),
    Party.MX: Bilingual("Mexico", "México"),
}

OFFICIAL: Final[dict[Official, Bilingual]] = {
    Official.US: Bilingual("the government of the United States", "el gobierno de Estados Unidos"),
    Official.MX: Bilingual("the government of Mexico", "el gobierno de México"),
    Official.BOTH: Bilingual("both governments", "ambos gobiernos"),
}
