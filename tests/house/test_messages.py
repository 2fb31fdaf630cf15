"""Every text of the pages stands in both languages, and the catalogue's own tool finds what is wrong."""

from pathlib import Path

import pytest

from tools import messages

TEMPLATE = """
{% translate "Work plan" %}
    {% blocktranslate count n=rows %}{{ n }} event{% plural %}{{ n }} events{% endblocktranslate %}
{% blocktranslate trimmed with name=x %}
   Promised by
   {{ name }} 100%
{% endblocktranslate %}
<a title="{% translate 'May' context 'month' %}">{{ y|default:_("none published") }}</a>
"""
MODULE = 'from django.utils.translation import gettext_lazy as _\nTITLE = _("Gone silent")\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny app with one template and one module."""
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "views.py").write_text(MODULE)
    return tmp_path


def translated(folder: Path) -> Path:
    path = folder / "django.po"
    catalog = messages.update(path, folder)
    for message in catalog:
        if message.id:
            many = not isinstance(message.id, str)
            message.string = tuple(f"es {part}" for part in message.id) if many else f"es {message.id}"
    path.write_bytes(messages.HEADER + messages.written(catalog))
    return path


def test_the_catalogue_is_complete() -> None:
    assert list(messages.problems(messages.read(), messages.extract())) == []


def test_extract_finds_templates_and_modules(folder: Path) -> None:
    found = {(message.id, message.context) for message in messages.extract(folder) if message.id}
    assert found == {
        ("Work plan", None),
        (("%(n)s event", "%(n)s events"), None),
        ("Promised by %(name)s 100%%", None),
        ("May", "month"),
        ("none published", None),
        ("Gone silent", None),
    }


def test_a_translated_catalogue_has_no_problem(folder: Path) -> None:
    path = translated(folder)
    assert list(messages.problems(messages.read(path), messages.extract(folder))) == []


def test_update_keeps_translations_and_changes_nothing_twice(folder: Path) -> None:
    path = translated(folder)
    before = path.read_bytes()
    messages.update(path, folder)
    assert path.read_bytes() == before
    (folder / "views.py").write_text(MODULE + 'OTHER = _("Overdue")\n')
    messages.update(path, folder)
    found = list(messages.problems(messages.read(path), messages.extract(folder)))
    assert found == ["untranslated: 'Overdue'"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("es Work plan", "", "untranslated: 'Work plan'"),
        ('msgid "Work plan"', '#, fuzzy\nmsgid "Work plan"', "fuzzy: 'Work plan'"),
        ("es Promised by %(name)s", "es Promised by %(nombre)s", "placeholders differ"),
        ('msgid "Gone silent"', 'msgid "Gone"', "missing from the catalogue: 'Gone silent'"),
        ('msgid "Gone silent"', 'msgid "Gone"', "nobody asks for: 'Gone'"),
    ],
)
def test_check_names_each_fault(folder: Path, old: str, new: str, problem: str) -> None:
    path = translated(folder)
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new))
    found = list(messages.problems(messages.read(path), messages.extract(folder)))
    assert any(line.startswith(problem) for line in found), found


def test_compile_writes_what_gettext_reads(folder: Path) -> None:
    import gettext

    target = messages.compile_messages(translated(folder))
    with target.open("rb") as file:
        catalog = gettext.GNUTranslations(file)
    assert catalog.gettext("Work plan") == "es Work plan"
    assert catalog.ngettext("%(n)s event", "%(n)s events", 2) == "es %(n)s events"


def test_compile_leaves_a_newer_file_alone(folder: Path) -> None:
    target = messages.compile_messages(translated(folder))
    target.write_bytes(b"newer")
    assert messages.compile_messages(target.with_suffix(".po")).read_bytes() == b"newer"
