"""The pillars declare their questions; registering them is light and may be repeated."""

from hled import evidence, pillars


def test_every_declared_question_is_registered_once() -> None:
    pillars.register_all()
    pillars.register_all()
    declared = {question.id for question in pillars.questions()}
    assert declared <= {question.id for question in evidence.questions()}
    assert evidence.question("border.flows").line == 5


def test_every_question_lives_in_a_pillar() -> None:
    assert all(question.package.startswith("hled.pillars.") for question in pillars.questions())
