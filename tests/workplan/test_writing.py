"""A record that is written out loads back to the same record."""

import dataclasses
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hled.language import Bilingual
from hled.workplan import bundled_record, dump_record, load_record
from tests.workplan.samples import sample

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=60).filter(
    str.strip
)

FEW = settings(max_examples=25, deadline=None)


def test_the_bundled_record_is_written_as_it_stands():
    record = bundled_record()
    text = dump_record(record)
    again = load_record(text)
    assert again == record
    assert dump_record(again) == text


def test_another_layout_is_the_same_record_with_another_checksum():
    compact = load_record(json.dumps(sample()))
    again = load_record(dump_record(compact))
    assert again.checksum != compact.checksum
    assert dataclasses.replace(again, checksum=compact.checksum) == compact


@FEW
@given(WORDS, WORDS)
def test_any_text_survives(english, spanish):
    record = load_record(json.dumps(sample()))
    changed = dataclasses.replace(record, title=Bilingual(en=english, es=spanish), checksum="")
    assert dataclasses.replace(load_record(dump_record(changed)), checksum="") == changed
