"""The same facts written in both languages, in the many ways in which people write them."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from hled.language.dates import MONTHS
from hled.language.names import shared_names

WORDS = (
    ("two", "dos"), ("three", "tres"), ("four", "cuatro"), ("five", "cinco"), ("six", "seis"),
    ("seven", "siete"), ("eight", "ocho"), ("nine", "nueve"), ("ten", "diez"), ("eleven", "once"),
    ("twelve", "doce"), ("fifteen", "quince"), ("twenty", "veinte"), ("thirty-five", "treinta y cinco"),
    ("two hundred", "doscientos"), ("one thousand", "mil"),
    ("two hundred and fifty thousand", "doscientos cincuenta mil"),
)  # fmt: skip
ORDINALS = (("second", "segunda"), ("third", "tercer"), ("fifth", "quinto"), ("seventh", "séptima"),
            ("tenth", "décimo"), ("twelfth", "duodécimo"))  # fmt: skip
FRACTIONS = (("half of", "la mitad de"), ("a third of", "un tercio de"), ("two thirds", "dos tercios"),
             ("three quarters", "tres cuartas partes"))  # fmt: skip
DAYS = st.dates(dt.date(1994, 1, 1), dt.date(2049, 12, 31))


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str, str]:
    """A number: (key, English, Spanish)."""
    value = draw(st.integers(2, 10**7))
    tenths = draw(st.sampled_from(["", ".5", ".25", ".75"]))
    text = f"{value:,}{tenths}"
    key = str(Decimal(f"{value}{tenths}").normalize())
    return draw(st.sampled_from([(key, text, text), (key, text, text.replace(",", "\u00a0"))]))


@st.composite
def words(draw: st.DrawFn) -> tuple[str, str, str]:
    """A number, an ordinal or a fraction in words."""
    en, es = draw(st.sampled_from(WORDS + ORDINALS + FRACTIONS))
    return en.split()[-1] if en in dict(ORDINALS) else en, en, es


@st.composite
def percentages(draw: st.DrawFn) -> tuple[str, str, str]:
    """A percentage."""
    value = f"{draw(st.integers(1, 99))}.{draw(st.integers(1, 9))}"
    english = draw(st.sampled_from(["%", " %", " percent", " per cent"]))
    return f"{value}%", value + english, value + draw(st.sampled_from(["%", " %", " por ciento"]))


@st.composite
def amounts(draw: st.DrawFn) -> tuple[str, str, str]:
    """An amount of money: millions, billions or trillions, in dollars or pesos."""
    value = draw(st.integers(2, 999))
    scale, english, spanish = draw(
        st.sampled_from(
            [
                (10**6, "{c}{v} million", "{v} millones de {d}"),
                (10**6, "{c}{v}m", "{v} millones de {d}"),
                (10**9, "{c}{v} billion", "{v} mil millones de {d}"),
                (10**9, "{c}{v}bn", "{v},000 millones de {d}"),
                (10**9, "{v} billion {e}", "{v} mil millones de {d}"),
                (10**12, "{c}{v} trillion", "{v} billones de {d}"),
                (1, "{c}{v},000", "{v},000 {d}"),
                (1, "{v},000 {e}", "{d2} {v},000"),
            ]
        )
    )
    code, prefix, plural, spelt = draw(
        st.sampled_from([("USD", "US$", "dollars", "dólares"), ("MXN", "MXN ", "pesos", "pesos")])
    )
    fill = {"c": prefix, "v": value, "e": plural, "d": spelt, "d2": code}
    return f"{value * scale} {code}", english.format(**fill), spanish.format(**fill)


@st.composite
def dates(draw: st.DrawFn) -> tuple[str, str, str]:
    """A date to the day or the month, or a quarter."""
    day = draw(DAYS)
    en, es = MONTHS["en"][day.month - 1], MONTHS["es"][day.month - 1]
    english = draw(
        st.sampled_from([f"{en} {day.day}, {day.year}", f"{day.day} {en} {day.year}", day.isoformat()])
    )
    month = (f"{day:%Y-%m}", f"{en} {day.year}", f"{es} de {day.year}")
    quarter = (day.month + 2) // 3
    ordinals = ("first", "second", "third", "fourth"), ("primer", "segundo", "tercer", "cuarto")
    return draw(
        st.sampled_from(
            [
                (day.isoformat(), english, f"{day.day} de {es} de {day.year}"),
                (day.isoformat(), english, f"{day.day} de {es} del {day.year}"),
                (day.isoformat(), english, day.isoformat()),
                month,
                (
                    f"{day.year}Q{quarter}",
                    f"the {ordinals[0][quarter - 1]} quarter of {day.year}",
                    f"el {ordinals[1][quarter - 1]} trimestre de {day.year}",
                ),
                (f"{day.year}Q{quarter}", f"Q{quarter} {day.year}", f"T{quarter} {day.year}"),
            ]
        )
    )


@st.composite
def names(draw: st.DrawFn) -> tuple[str, str, str]:
    """A name that must stand in both versions, in any form that states it."""
    known = [name for name in shared_names().names if not name.rivals]
    name = draw(st.sampled_from(known))
    return name.id, draw(st.sampled_from(name.en)), draw(st.sampled_from(name.es))


@st.composite
def references(draw: st.DrawFn) -> tuple[str, str, str]:
    """An article, paragraph, annex or section, an address or a URN."""
    number = draw(st.integers(1, 400))
    letter = draw(st.sampled_from(["", "(a)", "(b)", "(c)(2)"]))
    en, es = draw(
        st.sampled_from(
            [("Article", "artículo"), ("paragraph", "párrafo"), ("Annex", "anexo"), ("Section", "sección")]
        )
    )
    return draw(
        st.sampled_from(
            [
                (f"{es} {number}{letter}", f"{en} {number}{letter}", f"{es} {number}{letter}"),
                (f"urn {number}", f"urn:hled:action:a-{number}", f"urn:hled:action:a-{number}"),
                (
                    f"url {number}",
                    f"https://example.org/en/text-{number}",
                    f"https://example.org/es/text-{number}",
                ),
            ]
        )
    )


FACTS = st.one_of(numbers(), words(), percentages(), amounts(), dates(), names(), references())
KINDS = (numbers(), percentages(), amounts(), dates(), names(), references())


def written(facts: list[tuple[str, str, str]]) -> tuple[str, str]:
    """Write the facts into a sentence of each language; the Spanish one tells them in reverse order."""
    en = "; ".join(f"regarding {fact[1]} herein" for fact in facts)
    es = "; ".join(f"respecto de {fact[2]} aquí" for fact in reversed(facts))
    return f"The parties agree: {en}.", f"Las partes acuerdan: {es}."
