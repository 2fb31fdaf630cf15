"""The directory: agencies by party, bodies with their actions, and ids that nothing has."""

import pytest

from hled.web.directory import exports, queries
from hled.workplan import bundled_record, from_csv
from hled.workplan.types import Agency, Body, Party

RECORD = bundled_record()


def test_every_agency_is_there_the_united_states_first(loaded):
    found = queries.agencies()
    assert set(found) == set(RECORD.agencies)
    parties = [agency.party for agency in found]
    assert parties == sorted(parties, key=[Party.US, Party.MX].index)


def test_one_agency(loaded):
    wanted = RECORD.agencies[0]
    assert queries.agency(wanted.id) == wanted
    assert queries.agencies([wanted.id, "nobody"]) == (wanted,)


def test_every_body_is_there_adjacent_tracks_last(loaded):
    found = queries.bodies()
    assert set(found) == set(RECORD.bodies)
    assert [body.adjacent for body in found] == sorted(body.adjacent for body in found)


def test_the_bodies_of_an_action(loaded):
    body = next(body for body in RECORD.bodies if body.actions)
    action = body.actions[0]
    expected = {item for item in RECORD.bodies if action in item.actions}
    assert set(queries.bodies_of(action)) == expected
    assert queries.bodies_of("no-such-action") == ()
    assert queries.body(body.id) == body


@pytest.mark.parametrize("key", ["nobody", "", "\0", "'; --", "x" * 500])
def test_unknown_ids_are_said_in_both_languages(loaded, key):
    for reader in (queries.agency, queries.body):
        with pytest.raises(queries.NotInDirectoryError) as caught:
            reader(key)
        assert caught.value.message.en != caught.value.message.es
        assert caught.value.status == 404
        assert f"“{key[:80]}”" in caught.value.message.en
        assert f"«{key[:80]}»" in caught.value.message.es
        assert len(caught.value.message.es) < 130


def test_the_lists_load_back(loaded):
    assert from_csv(Agency, exports.agencies().csv()) == RECORD.agencies
    assert from_csv(Body, exports.bodies().csv()) == RECORD.bodies
    assert len(exports.bodies().json()) == len(RECORD.bodies)


def test_few_queries(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        queries.bodies()
    with django_assert_max_num_queries(1):
        queries.agencies()
