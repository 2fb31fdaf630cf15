"""What changed is shown word by word in both languages, and both texts are amended at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.language import Bilingual
from hled.language.concordance import Paragraph
from hled.language.redline import (
    AmendmentError,
    Change,
    Insert,
    Rewrite,
    Run,
    Strike,
    Substitute,
    amend,
    amendments,
    redline,
    runs,
)

WORD = st.sampled_from(["the", "port", "of", "Otay", "13", "1,234.5", "Mesa", ",", ".", " ", "\n", "–"])
TEXT = st.lists(WORD, max_size=12).map(" ".join)
PARAGRAPHS = st.lists(
    st.builds(Paragraph, st.sampled_from("abcdef"), TEXT, TEXT), max_size=6, unique_by=lambda item: item.id
)


def joined(found: tuple[Run, ...], *changes: Change) -> str:
    return "".join(run.text for run in found if run.change in changes)


@given(TEXT, TEXT)
def test_runs_hold_both_texts(old: str, new: str) -> None:
    found = runs(old, new)
    assert joined(found, Change.KEPT, Change.DELETED) == old
    assert joined(found, Change.KEPT, Change.INSERTED) == new
    assert all(run.text for run in found)
    assert all(run.change is Change.KEPT for run in runs(new, new))


def test_a_number_is_one_word() -> None:
    assert runs("US$1,234.5 in May", "US$1,234.6 in May") == (
        Run(Change.KEPT, "US$"),
        Run(Change.DELETED, "1,234.5"),
        Run(Change.INSERTED, "1,234.6"),
        Run(Change.KEPT, " in May"),
    )


def test_a_rewritten_phrase_reads_as_one() -> None:
    assert runs("They will meet soon.", "They shall convene soon.") == (
        Run(Change.KEPT, "They "),
        Run(Change.DELETED, "will meet"),
        Run(Change.INSERTED, "shall convene"),
        Run(Change.KEPT, " soon."),
    )


OLD = (
    Paragraph("a", "One.", "Uno."),
    Paragraph("b", "Two cars.", "Dos autos."),
    Paragraph("c", "Go.", "Va."),
)


def test_a_redline_shows_every_paragraph_in_both_languages() -> None:
    new = (OLD[0], Paragraph("b", "Two cars.", "Tres autos."), Paragraph("d", "New.", "Nuevo."))
    shown = {item.id: item for item in redline(OLD, new)}
    assert [item.id for item in redline(OLD, new)] == ["a", "b", "c", "d"]
    assert [shown[key].change for key in "abcd"] == ["kept", "edited", "deleted", "inserted"]
    assert shown["b"].changed_in == ("es",)
    assert shown["c"].changed_in == shown["d"].changed_in == ("en", "es")
    assert shown["d"].runs("es") == (Run(Change.INSERTED, "Nuevo."),)
    assert joined(shown["b"].runs("es"), Change.DELETED) == "Dos"


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_redline_holds_both_revisions(old: list[Paragraph], new: list[Paragraph]) -> None:
    shown = redline(old, new)
    for text, gone in ((new, Change.DELETED), (old, Change.INSERTED)):
        kept = [item for item in shown if item.change is not gone]
        assert [item.id for item in kept] == [paragraph.id for paragraph in text]
        for item, paragraph in zip(kept, text, strict=True):
            versions = [
                joined(item.runs(side), *(change for change in Change if change is not gone))
                for side in ("en", "es")
            ]
            assert versions == [paragraph.en, paragraph.es]


@given(PARAGRAPHS, PARAGRAPHS)
def test_amendments_make_the_new_text_of_the_old(old: list[Paragraph], new: list[Paragraph]) -> None:
    assert amend(old, amendments(old, new)) == tuple(new)
    assert amendments(new, new) == ()


def test_both_texts_are_amended_at_once() -> None:
    text = amend(
        OLD,
        [
            Substitute("b", Bilingual("Two", "Dos"), Bilingual("Four", "Cuatro")),
            Insert(Paragraph("z", "First.", "Primero."), None),
            Strike("c"),
            Rewrite(Paragraph("a", "One more.", "Uno más.")),
        ],
    )
    assert [(item.id, item.en, item.es) for item in text] == [
        ("z", "First.", "Primero."),
        ("a", "One more.", "Uno más."),
        ("b", "Four cars.", "Cuatro autos."),
    ]


@pytest.mark.parametrize(
    "amendment",
    [
        Strike("x"),
        Rewrite(OLD[0]),
        Rewrite(Paragraph("x", "1", "1")),
        Insert(OLD[0], None),
        Insert(Paragraph("x", "1", "1"), "y"),
        Substitute("b", Bilingual("Two", "Tres"), Bilingual("Four", "Cuatro")),
        Substitute("c", Bilingual(".", "V"), Bilingual(".", "V")),
        Substitute("b", Bilingual("Two", "s"), Bilingual("Four", "z")),
    ],
    ids=str,
)
def test_an_amendment_that_does_not_fit_is_refused(amendment: object) -> None:
    with pytest.raises(AmendmentError) as refused:
        amend(OLD, [amendment])
    assert refused.value.code == "language.amendment"
    assert refused.value.text("en") != refused.value.text("es")
