"""The sentences of the border answer, in English and Spanish, composed from the same facts.

Serves line 5 of the work plan. The direction (into the United States), the incomplete year and what is
flagged are always said.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from hled.language import LANGUAGES, Bilingual, Language, PartialDate
from hled.language.dates import MONTHS
from hled.pillars.rebuilding.border.flows import percent, same_months, share
from hled.pillars.rebuilding.border.found import Found, largest
from hled.pillars.rebuilding.border.inputs import Measure, Port
from hled.pillars.rebuilding.border.quality import LABELS, Flag, Kind

BASE_YEAR: Final = 2019  # the last year before the pandemic
_BY_MONTH: Final = frozenset({Kind.DOUBLE_COUNT, Kind.RATIO, Kind.MISSING})
# In Spanish “y” becomes “e” before this sound.
_SOUNDS_I: Final = re.compile(r"i|hi(?![aeo])|y[^aeiou]", re.IGNORECASE)


def place(port: Port | None) -> Bilingual:
    """Name the asked port, or all of them."""
    if port is None:
        return Bilingual(en="all land ports with Mexico", es="todos los puertos terrestres con México")
    return Bilingual(en=port.name, es=port.name)


def title(measure: Measure, port: Port | None) -> Bilingual:
    """Return `Trucks into the United States at Laredo` in both languages."""
    text = Bilingual(
        en="{what} into the United States at {where}", es="{what} hacia Estados Unidos por {where}"
    )
    return text.format(what=measure.label, where=place(port))


def finding(found: Found) -> Bilingual:
    """Return the finding: the last complete year, its changes, its share, the rest and the flags."""
    reference = found.reference
    if reference is None:
        return _no_data(found)
    return joined(
        [
            _headline(found, reference),
            *_caution(found, reference),
            *_shares(found, reference),
            *_rest(found, reference),
            _flagged(found),
        ]
    )


def headline(found: Found) -> Bilingual:
    """Return the first sentence of the finding, for the figure of years."""
    reference = found.reference
    return _no_data(found) if reference is None else _headline(found, reference)


def joined(sentences: list[Bilingual]) -> Bilingual:
    """Put sentences one after another."""
    return Bilingual(en=" ".join(one.en for one in sentences), es=" ".join(one.es for one in sentences))


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


def _listed(texts: list[str], language: Language) -> str:
    if len(texts) == 1:
        return texts[0]
    spanish = "e" if _SOUNDS_I.match(texts[-1]) else "y"
    return f"{', '.join(texts[:-1])} {spanish if language == 'es' else 'and'} {texts[-1]}"


def _no_data(found: Found) -> Bilingual:
    asked = found.asked
    return Bilingual(
        en="No data: between {first} and {last} the source publishes no {noun} at {where}. That no figure was"
        " published does not mean that nothing crossed.",
        es="Sin datos: entre {first} y {last} la fuente no publica {noun} por {where}. Que no se haya"
        " publicado una cifra no significa que no haya habido cruces.",
    ).format(first=asked.first_year, last=asked.last_year, noun=asked.measure.noun, where=place(asked.port))


def _headline(found: Found, reference: int) -> Bilingual:
    year, asked = found.years[reference], found.asked
    partly = "" if year.complete else f" ({year.months}/12)"
    sentence = _HEADLINE.format(
        year=reference,
        partly=partly,
        value=f"{year.value:,}",
        noun=asked.measure.noun,
        where=place(asked.port),
    )
    compared = [(found.change(reference, base), base) for base in _bases(found, reference)]
    changes = [_change(change, base) for change, base in compared if change is not None]
    if not changes:
        return Bilingual(en=f"{sentence.en}.", es=f"{sentence.es}.")
    listed = enumerated(changes)
    return Bilingual(en=f"{sentence.en}, {listed.en}.", es=f"{sentence.es}: {listed.es}.")


def _bases(found: Found, reference: int) -> list[int]:
    first = found.asked.first_year
    wanted = [reference - 1, *(base for base in (BASE_YEAR, first) if first <= base < reference - 1)]
    return list(dict.fromkeys(wanted))


def _change(change: str, base: int) -> Bilingual:
    if change == "0.0":
        return Bilingual(en=f"as many as in {base} (0.0%)", es=f"tantos como en {base} (0.0 %)")
    size = change.lstrip("-")
    more_en, more_es = ("fewer", "menos") if change.startswith("-") else ("more", "más")
    return Bilingual(en=f"{size}% {more_en} than in {base}", es=f"{size} % {more_es} que en {base}")


def _caution(found: Found, reference: int) -> list[Bilingual]:
    kinds = {flag.kind for flag in found.flags_in(str(reference))}
    sentences = []
    if Kind.DOUBLE_COUNT in kinds:
        sentences.append(_DOUBLED)
    if Kind.SPLIT in {flag.kind for flag in found.flags} and found.asked.port is not None:
        sentences.append(_DIVIDED)
    return sentences


def _shares(found: Found, reference: int) -> list[Bilingual]:
    border = found.border_years[reference]
    if found.asked.port is not None:
        part = share(found.years[reference].value, border.value)
        text = Bilingual(
            en="That is {part}% of the {whole} at all land ports with Mexico.",
            es="Es el {part} % de los {whole} de todos los puertos terrestres con México.",
        )
        return [] if part is None else [text.format(part=part, whole=f"{border.value:,}")]
    ranked = largest(found, reference)[:3]
    parts = [_part(port, share(value, border.value)) for port, value in ranked if value]
    if not parts:
        return []
    text = Bilingual(en="The largest shares: {parts}.", es="Las mayores proporciones: {parts}.")
    return [text.format(parts=enumerated(parts))]


def _part(port: Port, part: str | None) -> Bilingual:
    return Bilingual(en=f"{port.name} {part}%", es=f"{port.name} {part} %")


def _rest(found: Found, reference: int) -> list[Bilingual]:
    """Say what the incomplete years after the reference hold, against the same months of the year before."""
    sentences = []
    for year in found.shown_years:
        compared = same_months(found.series, year.year) if year.year > reference else None
        if compared is None:
            continue
        now, before = compared
        months = [item.month for item in found.series if item.month.startswith(f"{year.year}-")]
        text = _REST.format(
            year=year.year,
            months=year.months,
            span=_span(months),
            now=f"{now:,}",
            noun=found.asked.measure.noun,
        )
        change = percent(now, before) if found.comparable(year.year, year.year - 1) else None
        against = None if change is None else _same_months(change, year.year - 1)
        ending = Bilingual(en=".", es=".") if against is None else against
        sentences.append(Bilingual(en=text.en + ending.en, es=text.es + ending.es))
    return sentences


def _same_months(change: str, base: int) -> Bilingual:
    compared = _change(change, base)
    return Bilingual(
        en=f", {compared.en.replace(' in ', ' in the same months of ')}.",
        es=f", {compared.es.replace(' en ', ' en los mismos meses de ')}.",
    )


def _span(months: list[str]) -> Bilingual:
    names = {language: [MONTHS[language][int(month[5:]) - 1] for month in months] for language in LANGUAGES}
    if len(months) == 1:
        return Bilingual(en=names["en"][0], es=names["es"][0])
    return Bilingual(
        en=f"{names['en'][0]} to {names['en'][-1]}", es=f"de {names['es'][0]} a {names['es'][-1]}"
    )


def _flagged(found: Found) -> Bilingual:
    flags = [flag for flag in found.flags if flag.kind not in {Kind.INCOMPLETE_YEAR, Kind.SHARED_PLACE}]
    if not flags:
        return _NOTHING.format(first=found.asked.first_year, last=found.asked.last_year)
    months, times = Counter[Kind](), Counter[Kind]()
    for flag in flags:
        months[flag.kind] += flag.months
        times[flag.kind] += 1
    counts = [
        _in_months(kind, months[kind], found.asked.port)
        if kind in _BY_MONTH
        else _in_times(kind, times[kind])
        for kind in sorted(times)
    ]
    return _FLAGGED.format(
        first=found.asked.first_year, last=found.asked.last_year, counts=enumerated(counts)
    )


def _in_months(kind: Kind, count: int, port: Port | None) -> Bilingual:
    label = LABELS[kind]
    en, es = ("month", "mes") if count == 1 else ("months", "meses")
    if port is None:
        en, es = f"port-{en}", f"{es}-puerto"
    return Bilingual(en=f"{label.en} ({count:,} {en})", es=f"{label.es} ({count:,} {es})")


def _in_times(kind: Kind, count: int) -> Bilingual:
    label = LABELS[kind]
    return Bilingual(en=f"{label.en} ({count})", es=f"{label.es} ({count})")


_HEADLINE: Final = Bilingual(
    en="In {year}{partly}, {value} {noun} entered the United States from Mexico (northbound) at {where}",
    es="En {year}{partly} entraron a Estados Unidos desde México (sentido norte) {value} {noun} por {where}",
)
_DOUBLED: Final = Bilingual(
    en="Do not rely on this figure: in months of that year loaded containers were probably counted twice, so"
    " no change is stated.",
    es="No confíe en esta cifra: en meses de ese año los contenedores cargados probablemente se contaron dos"
    " veces, por lo que no se indica ningún cambio.",
)
_DIVIDED: Final = Bilingual(
    en="El Paso included Ysleta until February 2020; years on different sides of that month are not compared,"
    " and the figure shows both ports added.",
    es="El Paso incluyó a Ysleta hasta febrero de 2020; no se comparan años de distinto lado de ese mes, y la"
    " figura muestra ambos puertos sumados.",
)
_REST: Final = Bilingual(
    en="{year} is incomplete ({months} of 12 months): {span}, {now} {noun}",
    es="{year} está incompleto ({months} de 12 meses): {span}, {now} {noun}",
)
_NOTHING: Final = Bilingual(
    en="Apart from incomplete years, no defect of the source is flagged between {first} and {last}.",
    es="Salvo los años incompletos, no se marca ningún defecto de la fuente entre {first} y {last}.",
)
_FLAGGED: Final = Bilingual(
    en="Flagged between {first} and {last}, never repaired: {counts}.",
    es="Marcado entre {first} y {last}, nunca corregido: {counts}.",
)


def busiest(known: Mapping[str, int | None]) -> Bilingual:
    """Say the first and last month shown, and the busiest and the quietest one with a published value."""
    values = {month: value for month, value in known.items() if value is not None}
    first, last = month_name(min(known)), month_name(max(known))
    if not values:
        return Bilingual(
            en="No monthly figure is published between {first} and {last}.",
            es="No se publica ninguna cifra mensual entre {first} y {last}.",
        ).format(first=first, last=last)
    peak, low = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
    return Bilingual(
        en="Between {first} and {last}, the busiest month was {peak} ({most}) "
        "and the quietest {low} ({least}).",
        es="Entre {first} y {last}, el mes de mayor cruce fue {peak} ({most}) "
        "y el de menor, {low} ({least}).",
    ).format(
        first=first,
        last=last,
        peak=month_name(peak),
        most=f"{values[peak]:,}",
        low=month_name(low),
        least=f"{values[low]:,}",
    )


def month_name(month: str) -> Bilingual:
    """Write `2019-04` as people do."""
    date = PartialDate(month)
    return Bilingual(date.text("en"), date.text("es"))
