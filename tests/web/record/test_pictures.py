"""The pictures of proofs: the real path, the real hashes, well-formed drawings in both languages."""

import hashlib
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.language import LANGUAGES, Bilingual
from hled.record.merkle import inclusion_proof, leaf_hash, node_hash, root_of, subtree_root
from hled.record.notes import Note
from hled.record.proofs import Receipt
from hled.web.record.pictures.ladder import Seal, brief, ladder
from hled.web.record.pictures.pathway import Pathway, pathway
from hled.web.record.pictures.seals import seals
from hled.web.record.pictures.trees import Lesson, tree

WIDTHS = (360, 760)
NOTE = Note("", ())
LEAVES = [leaf_hash(str(number).encode()) for number in range(300)]


def node(level: int, index: int) -> bytes:
    return root_of(LEAVES[index << level : (index + 1) << level])


def way(index: int, size: int) -> Pathway:
    return pathway(Receipt(index, inclusion_proof(index, size, node), NOTE), LEAVES[index], size)


@given(st.data())
def test_the_steps_lead_to_the_root_and_say_what_each_neighbour_stands_for(data):
    size = data.draw(st.integers(1, len(LEAVES)))
    index = data.draw(st.integers(0, size - 1))
    found = way(index, size)
    assert found.root == root_of(LEAVES[:size])
    own = LEAVES[index]
    covered = {index}
    for step in found.steps:
        assert step.own == own
        assert step.neighbour == subtree_root(step.first, step.last + 1, node)
        assert step.on_left == (step.last < index)
        own = step.result
        covered.update(range(step.first, step.last + 1))
    assert covered == set(range(size))


def parsed(svg: str) -> ET.Element:
    """Read a drawing; it has a title and a description and needs no style or script."""
    root = ET.fromstring(svg)  # noqa: S314  # our own drawing
    names = {item.tag.rpartition("}")[2] for item in root.iter()}
    assert {"title", "desc"} <= names
    assert not names & {"style", "script", "foreignObject"}
    assert not [item for item in root.iter() if "style" in item.attrib]
    assert root.attrib["role"] == "img"
    return root


def texts(root: ET.Element) -> list[str]:
    return ["".join(item.itertext()) for item in root.iter() if item.tag.endswith("}text")]


SEALS = (
    Seal(Bilingual("Log <of> us", "Bitácora <de> us"), Bilingual("signed", "firmó"), given=True),
    Seal(Bilingual("Mexico", "México"), Bilingual("not yet", "aún no"), given=False),
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("index", "size"), [(0, 1), (1, 2), (131, 300), (299, 300)])
def test_the_ladder_shows_every_hash_of_the_path(width, language, index, size):
    found = way(index, size)
    root = parsed(ladder(found, SEALS, language, width=width))
    shown = texts(root)
    for step in found.steps:
        assert brief(step.neighbour) in shown
    assert shown.count(brief(found.root)) >= 1
    assert brief(found.leaf) in shown
    assert SEALS[0].name.text(language) in shown
    heights = [float(item.attrib["y"]) for item in root.iter() if "y" in item.attrib]
    assert max(heights) <= float(root.attrib["height"])


@pytest.mark.parametrize("width", WIDTHS)
def test_every_box_stands_inside_the_drawing(width):
    drawn = [ladder(way(131, 300), SEALS, "es", width=width), seals("en", width=width)]
    drawn += [tree(lesson, "es", width=width) for lesson in Lesson]
    for svg in drawn:
        for item in parsed(svg).iter():
            if item.tag.endswith("}rect"):
                left, wide = float(item.attrib["x"]), float(item.attrib["width"])
                assert left >= 0
                assert left + wide <= width


def test_the_lesson_is_computed_from_the_bytes_that_it_names():
    leaves = [hashlib.sha256(b"\x00" + f"act {number}".encode()).digest() for number in range(1, 9)]
    whole = texts(parsed(tree(Lesson.WHOLE, "en", width=760)))
    assert [leaf.hex()[:6] for leaf in leaves] == [
        text for text in whole if text in {x.hex()[:6] for x in leaves}
    ]
    assert root_of(leaves).hex()[:6] in whole


def test_a_change_shows_in_four_places_and_a_proof_needs_three_neighbours():
    whole, changed = (
        texts(parsed(tree(lesson, "en", width=760))) for lesson in (Lesson.WHOLE, Lesson.CHANGE)
    )
    before = {text for text in whole if len(text) == 6}
    after = {text for text in changed if len(text) == 6}
    assert len(before) == len(after) == 15
    assert len(before - after) == 4
    assert changed.count("≠") == 4
    leaves = [leaf_hash(f"act {number}".encode()) for number in range(1, 9)]
    path = inclusion_proof(4, 8, lambda level, index: root_of(leaves[index << level : (index + 1) << level]))
    assert {item.hex()[:6] for item in path} <= before
    pair = node_hash(leaves[4], path[0])
    assert pair.hex()[:6] in before


@pytest.mark.parametrize("width", WIDTHS)
def test_the_seals_say_who_refuses(width):
    assert any("refuses" in text for text in texts(parsed(seals("en", width=width))))
    assert any("se niega" in text for text in texts(parsed(seals("es", width=width))))
