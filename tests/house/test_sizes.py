"""Small files, small functions, small templates: a reader takes in each at one sitting."""

from tests.house.files import CODE, TESTS, functions, lines, own_files, percentile, python_files


def test_code_files_are_short() -> None:
    lengths = {name: lines(name) for name in python_files(*CODE)}
    assert {name: n for name, n in lengths.items() if n > 450} == {}
    assert percentile(list(lengths.values()), 0.95) <= 300


def test_test_files_are_short() -> None:
    assert {name: lines(name) for name in python_files(*TESTS) if lines(name) > 600} == {}


def test_functions_are_short() -> None:
    lengths = {where: n for name in python_files(*CODE) for where, n in functions(name).items()}
    assert {where: n for where, n in lengths.items() if n > 60} == {}
    assert percentile(list(lengths.values()), 0.95) <= 30


def test_tests_are_short() -> None:
    lengths = {where: n for name in python_files(*TESTS) for where, n in functions(name).items()}
    assert {where: n for where, n in lengths.items() if n > 60} == {}


def test_templates_are_short() -> None:
    assert {name: lines(name) for name in own_files() if name.endswith(".html") and lines(name) > 200} == {}


def test_the_makefile_is_short() -> None:
    assert lines("Makefile") <= 100
