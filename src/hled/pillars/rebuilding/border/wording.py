"""The sentences of the border answer, in English and Spanish, composed from the same facts.

Serves line 5 of the work plan. The direction (into the United States), the incomplete year and what is
flagged are always said.
"""

from collections.abc import Mapping
from typing import Final

from hled.language import Bilingual, PartialDate
from hled.language.dates import MONTHS
from hled.pillars.rebuilding.border.coverage import lacks
from hled.pillars.rebuilding.border.flagging import enumerated, flagged
from hled.pillars.rebuilding.border.flows import Year, percent, same_months, share, within
from hled.pillars.rebuilding.border.found import Found, largest
from hled.pillars.rebuilding.border.inputs import Measure, Port, ports
from hled.pillars.rebuilding.border.quality import Kind

BASE_YEAR: Final = 2019  # the last year before the pandemic
# Longer lists of ports and months are left to the table of flags.
LISTED: Final = 12
SPACED: Final = "\N{NO-BREAK SPACE}%"  # the percent sign in Spanish


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
            flagged(found.flags, (found.asked.first_year, found.asked.last_year)),
        ]
    )


def headline(found: Found) -> Bilingual:
    """Return the first sentence of the finding, for the figure of years."""
    reference = found.reference
    return _no_data(found) if reference is None else _headline(found, reference)


def joined(sentences: list[Bilingual]) -> Bilingual:
    """Put sentences one after another."""
    return Bilingual(en=" ".join(one.en for one in sentences), es=" ".join(one.es for one in sentences))


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
    partly = "" if year.months == 12 else f" ({year.months}/12)"
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
        return Bilingual(en=f"as many as in {base} (0.0%)", es=f"tantos como en {base} (0.0{SPACED})")
    size = change.lstrip("-")
    more_en, more_es = ("fewer", "menos") if change.startswith("-") else ("more", "más")
    return Bilingual(en=f"{size}% {more_en} than in {base}", es=f"{size}{SPACED} {more_es} que en {base}")


def _caution(found: Found, reference: int) -> list[Bilingual]:
    kinds = {flag.kind for flag in found.flags_in(str(reference))}
    sentences = []
    if Kind.DOUBLE_COUNT in kinds:
        sentences.append(_DOUBLED)
    if Kind.SPLIT in {flag.kind for flag in found.flags} and found.asked.port is not None:
        sentences.append(_DIVIDED)
    return sentences + _partial(found, found.years[reference])


def _partial(found: Found, year: Year) -> list[Bilingual]:
    """Say which ports are missing from which months of a total, or how many where they are many."""
    months = [item for item in within(found.series, year.year, year.year) if item.lacking]
    named = lacks(months, {port.code: port.name for port in ports()})
    if named is None:
        return []
    if sum(len(item.lacking) for item in months) > LISTED:
        named = _MANY.format(months=len(months))
    return [_PARTIAL.format(year=year.year, ports=named)]


def _shares(found: Found, reference: int) -> list[Bilingual]:
    border = found.border_years[reference]
    if border.lacking:
        return [] if found.asked.port is None else [_NO_SHARE]
    if found.asked.port is not None:
        part = share(found.years[reference].value, border.value)
        text = Bilingual(
            en="That is {part}% of the {whole} at all land ports with Mexico.",
            es="Es el {part}\N{NO-BREAK SPACE}% de los {whole} de todos los puertos terrestres con México.",
        )
        return [] if part is None else [text.format(part=part, whole=f"{border.value:,}")]
    ranked = largest(found, reference)[:3]
    parts = [_part(port, share(value, border.value)) for port, value in ranked if value]
    if not parts:
        return []
    text = Bilingual(en="The largest shares: {parts}.", es="Las mayores proporciones: {parts}.")
    return [text.format(parts=enumerated(parts))]


def _part(port: Port, part: str | None) -> Bilingual:
    return Bilingual(en=f"{port.name} {part}%", es=f"{port.name} {part}{SPACED}")


def _rest(found: Found, reference: int) -> list[Bilingual]:
    """Say what the incomplete years after the reference hold, against the same months of the year before."""
    sentences = []
    for year in found.shown_years:
        if year.year <= reference:
            continue
        months = [item.month for item in within(found.series, year.year, year.year) if item.value is not None]
        text = _REST.format(
            year=year.year,
            months=year.months,
            span=_span(months),
            now=f"{year.value:,}",
            noun=found.asked.measure.noun,
        )
        ending = _against(found, year.year)
        sentences += [Bilingual(en=text.en + ending.en, es=text.es + ending.es), *_partial(found, year)]
    return sentences


def _against(found: Found, year: int) -> Bilingual:
    """Return the end of a sentence: the change against the same months, where there is one to state."""
    compared = same_months(found.series, year)
    change = percent(*compared) if compared and found.comparable(year, year - 1) else None
    if change is None:
        return Bilingual(en=".", es=".")
    text = _change(change, year - 1)
    return Bilingual(
        en=f", {text.en.replace(' in ', ' in the same months of ')}.",
        es=f", {text.es.replace(' en ', ' en los mismos meses de ')}.",
    )


def _span(months: list[str]) -> Bilingual:
    """Name the months reported, each unbroken run by its ends."""
    numbers = [int(month[5:]) for month in months]
    starts = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    return enumerated([_run(first, last) for first, last in zip(starts, ends, strict=True)])


def _run(first: int, last: int) -> Bilingual:
    en, es = MONTHS["en"], MONTHS["es"]
    if first == last:
        return Bilingual(en=en[first - 1], es=es[first - 1])
    return Bilingual(en=f"{en[first - 1]} to {en[last - 1]}", es=f"de {es[first - 1]} a {es[last - 1]}")


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
_PARTIAL: Final = Bilingual(
    en="The total of {year} is incomplete: ports that usually report have no figure ({ports}), so neither"
    " changes nor shares are stated.",
    es="El total de {year} está incompleto: faltan cifras de puertos que suelen reportar ({ports}), por"
    " lo que no se indican cambios ni proporciones.",
)
_MANY: Final = Bilingual(
    en="in {months} months, see the table of flags", es="en {months} meses; véase la tabla de avisos"
)
_NO_SHARE: Final = Bilingual(
    en="Its share is not stated: the total of all ports is incomplete that year.",
    es="No se indica su proporción: el total de todos los puertos está incompleto ese año.",
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
