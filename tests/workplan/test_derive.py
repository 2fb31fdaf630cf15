"""The script that derives the bundled record loses nothing and changes no published number."""

import pytest

from hled.workplan import bundled_record
from tools.derive_record import bilingual_action, classified, figures, sources, supplement

RECORD = bundled_record()


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("agencies", "agencies"),
        ("bodies", "bodies"),
        ("meetings", "meetings"),
        ("deliverables", "promises"),
        ("discrepancies", "promises"),
    ],
)
def test_the_bundled_record_holds_exactly_the_supplements(section, name):
    written = {item["id"] for item in supplement(name)[section]}
    assert {thing.id for thing in getattr(RECORD, section)} == written


def test_agencies_lose_nothing():
    action = {
        "pillar": "I",
        "objective": "supply-chains",
        "id": "x",
        "title_en": "T",
        "title_es": "T",
        "summary_en": "S",
        "summary_es": "S",
        "adjacent_track": False,
        "events": [],
        "origin": "2013-2016",
        "lead_agencies_us": ["Commerce (ITA)", "Commerce"],
        "lead_agencies_mx": None,
    }
    derived = bilingual_action(action, supplement("texts"), supplement("agencies")["aliases"])
    assert derived["lead_agencies_us"] == ["us-commerce", "us-ita"]
    assert derived["lead_agencies_mx"] == []
    assert derived["origin_es"] == "Primer ciclo del diálogo, 2013-2016"


def test_a_published_value_may_gain_a_language_but_never_change():
    published = [
        {
            "id": claim.quantity,
            "value": claim.value.en,
            "unit": claim.unit.en,
            "period": claim.period,
            "source_id": claim.source,
        }
        for claim in RECORD.claims
    ]
    assert [figure["id"] for figure in figures({"figures": published})] == [
        claim.id for claim in RECORD.claims
    ]
    published[0]["value"] = "more than 865"
    with pytest.raises(SystemExit, match="changes the published value"):
        figures({"figures": published})


def test_publishers_are_named_in_both_languages_and_sources_are_added():
    compiled = {
        "sources": [{"id": "wh", "url": None, "publisher": "White House", "published": None, "read": "full"}]
    }
    first, *added = sources(compiled)
    assert (first["publisher_en"], first["publisher_es"]) == ("White House", "Casa Blanca")
    assert [source["id"] for source in added] == ["press-no-address-2023-12", "sdchamber-2021-09"]


def test_digits_agree_between_the_languages():
    for claim in RECORD.claims:
        assert [c for c in claim.value.en if c.isdigit()] == [c for c in claim.value.es if c.isdigit()]


def test_every_source_is_classified_exactly_once():
    plain = [{"id": source.id} for source in RECORD.sources]
    assert [source["official"] for source in classified(plain)] == [
        source.official and source.official.value for source in RECORD.sources
    ]
    for wrong in (plain[1:], [*plain, {"id": "nobody-looked-at-it"}]):
        with pytest.raises(SystemExit, match="not once each"):
            classified(wrong)
