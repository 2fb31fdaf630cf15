"""What is flagged, in words: the labels at a year or month, and the sentence that closes the finding.

Serves line 5 of the work plan. A defect is counted in what it is about: monthly figures, series or months.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from hled.language import LANGUAGES, Bilingual, Language
from hled.pillars.rebuilding.border.inputs import Port
from hled.pillars.rebuilding.border.quality import LABELS, Flag, Kind

# In Spanish “y” becomes “e” before this sound.
_SOUNDS_I: Final = re.compile(r"i|hi(?![aeo])|y[^aeiou]", re.IGNORECASE)
_UNCOUNTED: Final = frozenset({Kind.INCOMPLETE_YEAR, Kind.SHARED_PLACE})


def enumerated(parts: list[Bilingual]) -> Bilingual:
    """Return `a, b and c` in both languages."""
    texts = {language: _listed([part.text(language) for part in parts], language) for language in LANGUAGES}
    return Bilingual(en=texts["en"], es=texts["es"])


def noted(flags: list[Flag], port: Port | None) -> Bilingual | None:
    """Return the short labels of the flags of one year or month, with the number of ports for the total."""
    kinds = list(dict.fromkeys(flag.kind for flag in flags))
    if not kinds:
        return None
    labels = []
    for kind in kinds:
        count = len({flag.port for flag in flags if flag.kind is kind and flag.port is not None})
        label = LABELS[kind]
        if port is None and count:
            label = Bilingual(en=f"{label.en} (ports: {count})", es=f"{label.es} (puertos: {count})")
        labels.append(label)
    return Bilingual(en="; ".join(one.en for one in labels), es="; ".join(one.es for one in labels))


def flagged(flags: Iterable[Flag], years: tuple[int, int]) -> Bilingual:
    """Count the defects between two years in one sentence, or say that there are none."""
    counts = Counter[Kind]()
    for flag in flags:
        if flag.kind not in _UNCOUNTED:
            counts[flag.kind] += flag.months
    if not counts:
        return _NOTHING.format(first=years[0], last=years[1])
    listed = enumerated([counted(kind, count) for kind, count in sorted(counts.items())])
    return _FLAGGED.format(first=years[0], last=years[1], counts=listed)


def counted(kind: Kind, count: int) -> Bilingual:
    """Return `5 series that end`, in the singular for one."""
    one, many = _COUNTED[kind]
    return (one if count == 1 else many).format(count=f"{count:,}")


def _listed(texts: list[str], language: Language) -> str:
    if len(texts) == 1:
        return texts[0]
    spanish = "e" if _SOUNDS_I.match(texts[-1]) else "y"
    return f"{', '.join(texts[:-1])} {spanish if language == 'es' else 'and'} {texts[-1]}"


_SPLIT: Final = Bilingual(en="the split of El Paso and Ysleta", es="la separación de El Paso e Ysleta")
_COUNTED: Final = {
    Kind.DUPLICATE: (
        Bilingual(
            en="{count} monthly figure published twice", es="{count} cifra mensual publicada dos veces"
        ),
        Bilingual(
            en="{count} monthly figures published twice", es="{count} cifras mensuales publicadas dos veces"
        ),
    ),
    Kind.CONFLICT: (
        Bilingual(
            en="{count} monthly figure published with two different values",
            es="{count} cifra mensual publicada con dos valores distintos",
        ),
        Bilingual(
            en="{count} monthly figures published with two different values",
            es="{count} cifras mensuales publicadas con dos valores distintos",
        ),
    ),
    Kind.DOUBLE_COUNT: (
        Bilingual(
            en="{count} monthly figure probably counted twice",
            es="{count} cifra mensual probablemente contada dos veces",
        ),
        Bilingual(
            en="{count} monthly figures probably counted twice",
            es="{count} cifras mensuales probablemente contadas dos veces",
        ),
    ),
    Kind.RATIO: (
        Bilingual(
            en="{count} month of a port in which containers and trucks do not agree",
            es="{count} mes de un puerto en que los contenedores y los camiones no concuerdan",
        ),
        Bilingual(
            en="{count} months of a port in which containers and trucks do not agree",
            es="{count} meses de algún puerto en que los contenedores y los camiones no concuerdan",
        ),
    ),
    Kind.MISSING: (
        Bilingual(en="{count} missing monthly figure", es="{count} cifra mensual que falta"),
        Bilingual(en="{count} missing monthly figures", es="{count} cifras mensuales que faltan"),
    ),
    Kind.ENDED: (
        Bilingual(en="{count} series that ends", es="{count} serie que se interrumpe"),
        Bilingual(en="{count} series that end", es="{count} series que se interrumpen"),
    ),
    Kind.SPLIT: (_SPLIT, _SPLIT),
    Kind.LEVEL_SHIFT: (
        Bilingual(en="{count} level shift", es="{count} salto de nivel"),
        Bilingual(en="{count} level shifts", es="{count} saltos de nivel"),
    ),
    Kind.PARTIAL_TOTAL: (
        Bilingual(en="{count} month whose total lacks ports", es="{count} mes en cuyo total faltan puertos"),
        Bilingual(
            en="{count} months whose total lacks ports", es="{count} meses en cuyo total faltan puertos"
        ),
    ),
}
_NOTHING: Final = Bilingual(
    en="Apart from incomplete years, no defect of the source is flagged between {first} and {last}.",
    es="Salvo los años incompletos, no se señala ningún defecto de la fuente entre {first} y {last}.",
)
_FLAGGED: Final = Bilingual(
    en="Defects flagged and not corrected, {first}–{last}: {counts}.",
    es="Defectos señalados y no corregidos, {first}–{last}: {counts}.",
)
