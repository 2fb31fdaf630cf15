"""Both versions state the same facts, or the difference is found and said in both languages."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hled.language import Bilingual
from hled.language.concordance import (
    Paragraph,
    Resolution,
    Status,
    align,
    compare,
    facts,
    mismatches,
    unresolved,
)
from hled.language.facts import Demand, Kind
from hled.language.names import Name, shared_names
from tests.language.statements import FACTS, KINDS, amounts, dates, names, numbers, written

MEANT = Bilingual("Each version follows its own law.", "Cada versión sigue su propia ley.")


def found(en: str, es: str) -> list[tuple[str, str, str]]:
    """What differs, as (kind, English, Spanish)."""
    return [(item.kind.value, item.en, item.es) for item in mismatches(Paragraph("p1", en, es))]


AGREEING = [
    ("US$1.5 billion in 2022-24.", "1,500 millones de dólares en 2022-24."),
    ("about US$864 billion", "unos 864 mil millones de dólares"),
    ("US$2 trillion", "2 billones de dólares"),
    ("MXN 17.2 billion plus MXN 14.6 billion", "17.2 mil millones más 14.6 mil millones de pesos"),
    ("MXN 17,211 million", "17 mil 211 millones de pesos"),
    ("MXN 1,500 million", "mil 500 millones de pesos"),
    ("US$474m", "474 mdd"),
    ("nearly half a million young people", "casi medio millón de jóvenes"),
    ("at half the rate of neighbours", "a la mitad de la tasa vecina"),
    ("half a day, a half-day visit", "media jornada"),
    ("two and a third of the cost", "dos y un tercio del costo"),
    ("50% of production by 2030", "50 % de la producción a 2030"),
    ("40-50% of homes", "40-50 % de las viviendas"),
    ("between 40 and 50 percent", "entre 40 y 50 por ciento"),
    ("September 9, 2021", "9 de septiembre de 2021"),
    ("9th of September 2021", "9 de setiembre del año 2021"),
    ("on 1 May 2022", "el 1.º de mayo de 2022"),
    ("15 and 16 October", "15 y 16 de octubre"),
    ("from January to May 2024", "de enero a mayo de 2024"),
    ("the first half of 2024", "el primer semestre de 2024"),
    ("Q3 2024", "3T 2024"),
    ("at 3:30 p.m. on Monday", "a las 15:30 del lunes"),
    ("summer 2024", "verano de 2024"),
    ("the 21st century", "el siglo XXI"),
    ("Article 5(b) and Annex II", "el artículo 5(b) y el anexo II"),
    ("Articles 5 and 6, first paragraph", "los artículos 5.º y 6.º, primer párrafo"),
    ("Chapter IV", "capítulo cuarto"),
    ("the second phase, phase 3", "la segunda fase, tercera fase"),
    ("13th plenary", "13.º pleno"),
    ("Eleven students and one teacher", "Once estudiantes y una profesora"),
    ("both governments; the two countries", "los dos gobiernos; ambos países"),
    ("The USMCA and NGOs in the U.S.", "El T-MEC y las ONG en EE. UU."),
    ("USAID's 5G work in Mexico City", "El trabajo 5G de USAID en la Ciudad de México"),
    ("President Ana Ruiz said so", "la presidenta Ana Ruiz lo dijo"),
    ("see https://example.org/en/plan.", "véase https://example.org/es/plan"),
    ("1.5°C goal", "meta de 1.5 °C"),
    ("minus signs: -3.5%", "signos: -3.5 %"),
    ("It may rain in the fall", "Puede llover"),
]


@pytest.mark.parametrize(("en", "es"), AGREEING)
def test_the_same_facts_agree(en: str, es: str) -> None:
    assert found(en, es) == []


DIFFERING = [
    ("13 projects", "14 proyectos", "number"),
    ("US$864 billion", "864 billones de dólares", "amount"),
    ("US$2 trillion", "2 trillones de dólares", "amount"),
    ("US$ billion", "billones de dólares", "amount"),
    ("US$474 million", "474 millones de pesos", "amount"),
    ("US$1,500 million", "1.500 millones de dólares", "amount"),
    ("1,234.5 tonnes", "1.234,5 toneladas", "number"),
    ("72.2 percent", "72.2", "number"),
    ("five meetings", "seis reuniones", "number"),
    ("the second review", "la tercera revisión", "number"),
    ("half of the vehicles", "un tercio de los vehículos", "number"),
    ("9 September 2021", "9 de septiembre de 2022", "date"),
    ("September 2021", "agosto de 2021", "date"),
    ("Q3 2024", "4T 2024", "date"),
    ("on Monday", "el martes", "date"),
    ("at 9:30", "a las 9:45", "date"),
    ("on 09/12/2022", "el 09/12/2022", "date"),
    ("Article 5(b)", "artículo 5(c)", "reference"),
    ("Annex A", "anexo B", "reference"),
    ("Pillar II", "Pilar III", "reference"),
    ("see urn:hled:action:one-1", "véase urn:hled:action:two-1", "reference"),
    ("https://example.org/a", "https://example.org/b", "reference"),
    ("the USMCA", "el TLCAN", "name"),
    ("the SURGES project", "el proyecto SURGE", "name"),
    ("5G networks", "redes 6G", "name"),
    ("Mexico will invest", "Estados Unidos invertirá", "name"),
    ("Ambassador Salazar", "el embajador Moctezuma", "name"),
    ("the port of Ensenada", "el puerto de Manzanillo", "name"),
    ("with Senator Bennett", "con Bernett", "name"),
    ("the Blinkenberg plan", "el plan Blinkemberg", "name"),
    ("in three years", "", "missing"),
]


@pytest.mark.parametrize(("en", "es", "kind"), DIFFERING)
def test_a_difference_is_found_and_said_in_both_languages(en: str, es: str, kind: str) -> None:
    (compared,) = compare([Paragraph("p1", en, es)])
    if kind == "missing":
        assert compared.status is Status.MISSING
        return
    assert compared.status is Status.MISMATCH
    assert kind in {item.kind for item in compared.mismatches}
    for item in compared.mismatches:
        assert item.paragraph == "p1"
        assert item.en in en
        assert item.es in es
        assert item.message.en != item.message.es


def test_billions_are_not_billones() -> None:
    ((kind, en, es),) = found("It costs US$864 billion.", "Cuesta 864 billones de dólares.")
    assert (kind, en, es) == ("amount", "US$864 billion", "864 billones de dólares")
    (item,) = mismatches(Paragraph("p", "It costs US$864 billion.", "Cuesta 864 billones de dólares."))
    assert "English has “US$864 billion”" in item.message.en
    assert "el español «864 billones de dólares»" in item.message.es


def test_a_date_in_figures_is_refused_where_the_two_countries_read_it_differently() -> None:
    assert found("by 05/05/2022", "el 05/05/2022") == []
    assert found("by 12/31/2022", "el 31/12/2022") == []
    items = mismatches(Paragraph("p", "by 09/12/2022", "el 09/12/2022"))
    assert all("month as a word" in item.message.en for item in items)
    assert items


@given(st.lists(FACTS, min_size=1, max_size=5))
@settings(max_examples=250, deadline=None)
def test_the_same_facts_in_both_languages_are_concordant(told: list[tuple[str, str, str]]) -> None:
    en, es = written(told)
    assert found(en, es) == []


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_one_changed_fact_is_always_found(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    told = data.draw(st.lists(FACTS, max_size=3))
    right, wrong = data.draw(kind), data.draw(kind)
    assume(wrong[0] not in {right[0], *(fact[0] for fact in told)} and right[0] not in {f[0] for f in told})
    assume(not {wrong[1], wrong[2]} & {right[1], right[2]})
    en, es = written([*told, right])
    wrong_en, wrong_es = written([*told, wrong])
    assert found(wrong_en, es) != []
    assert found(en, wrong_es) != []


@settings(deadline=None)
@given(st.one_of(numbers(), amounts(), dates()), st.data())
def test_every_changed_digit_is_found(fact: tuple[str, str, str], data: st.DataObject) -> None:
    en, es = written([fact])
    places = [match.start() for match in re.finditer(r"\d", es)]
    assume(places)
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != es[place])
    assert found(en, es[:place] + digit + es[place + 1 :]) != []


@settings(deadline=None)
@given(names(), st.data())
def test_a_name_left_out_is_found(name: tuple[str, str, str], data: st.DataObject) -> None:
    en, es = written([name])
    assert found(en, es.replace(name[2], "alguien")) != []
    assert found(en.replace(name[1], "somebody"), es) != []


def test_a_mismatch_is_resolved_only_by_both_parties_and_only_for_this_text() -> None:
    paragraph = Paragraph("p7", "US$1.50 per litre", "1.50 dólares por galón, 3 litros")
    us, mx = (Resolution(paragraph.digest, party, MEANT) for party in ("US", "MX"))
    edited = Paragraph("p7", "US$1.60 per litre", "1.50 dólares por galón, 3 litros")
    for said, status in [
        ((), "mismatch"),
        ((us,), "mismatch"),
        ((us, us), "mismatch"),
        ((us, mx), "resolved"),
    ]:
        (compared,) = compare([paragraph], resolutions=said)
        assert compared.status == status
        assert (unresolved([compared]) == ("p7",)) is (status == "mismatch")
    assert compare([edited], resolutions=(us, mx))[0].status is Status.MISMATCH


def test_what_is_missing_cannot_be_resolved() -> None:
    paragraph = Paragraph("p1", "Only English.", " ")
    said = [Resolution(paragraph.digest, party, MEANT) for party in ("US", "MX")]
    compared = compare([paragraph], resolutions=said)
    assert compared[0].status is Status.MISSING
    assert unresolved(compared) == ("p1",)


def test_texts_are_aligned_paragraph_by_paragraph() -> None:
    pairs = align("One.\n\nTwo,\nstill two.\n \n\nThree.", "Uno.\n\nDos.")
    assert [pair.id for pair in pairs] == ["p1", "p2", "p3"]
    assert pairs[1] == Paragraph("p2", "Two,\nstill two.", "Dos.")
    assert [item.status for item in compare(pairs)] == [Status.CONCORDANT, Status.MISMATCH, Status.MISSING]
    assert align("", "") == ()


def test_names_of_the_caller_are_compared_too() -> None:
    table = shared_names().with_names([Name("mx-se", ("Ministry of Economy",), ("Secretaría de Economía",))])
    assert mismatches(Paragraph("p", "the Ministry of Economy", "la Secretaría de Economía"), table) == ()
    assert mismatches(Paragraph("p", "the Ministry of Economy", "la secretaría"), table)


def test_facts_say_where_they_stand() -> None:
    text = "On 9 September 2021 USAID gave US$38,000 (Article 5)."
    for fact in facts(text, "en"):
        assert text[fact.start :].startswith(fact.shown)
    kinds = {fact.kind: fact.key for fact in facts(text, "en") if fact.demand is Demand.STATED}
    assert kinds[Kind.DATE] == "2021-09-09"
    assert kinds[Kind.AMOUNT] == "38000"
    assert kinds[Kind.REFERENCE] == "article 5"


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_the_comparison(en: str, es: str) -> None:
    for item in mismatches(Paragraph("p", en, es)):
        assert item.en or item.es
