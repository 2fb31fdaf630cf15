"""Keeps the Spanish message catalogue true without system gettext: extract, update, compile, check.

Texts of the pages are written in English in templates and Python; `django.po` holds their Spanish. Django
turns templates into Python calls, Babel reads the calls and writes the catalogue. Serves every work-plan
line: no page may speak one language only.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent
WEB: Final = ROOT / "src" / "hled" / "web"
CATALOGUE: Final = WEB / "locale" / "es" / "LC_MESSAGES" / "django.po"
_ONE: Final = (1,)
_PLURAL: Final = (1, 2)
_CONTEXT: Final = ((1, "c"), 2)
KEYWORDS: Final = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER: Final = rb"""# Spanish texts of the pages. `make messages` keeps this file; people write each msgstr.
msgid ""
msgstr ""
"Language: es\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
ENDINGS: Final = ("html", "py", "txt", "xml")
_FIELD: Final = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def extract(folder: Path = WEB) -> Catalog:
    """Return every message that the templates and modules below `folder` ask for, without their places."""
    catalog = Catalog(locale="es", charset="utf-8")
    for path in sorted(path for ending in ENDINGS for path in folder.rglob(f"*.{ending}")):
        for _line, ids, _comments, context in babel_extract("python", BytesIO(_python(path)), KEYWORDS):
            catalog.add(ids, context=context)
    return catalog


def update(path: Path = CATALOGUE, folder: Path = WEB) -> Catalog:
    """Merge what is extracted into the catalogue at `path`, keep its translations, drop what nobody asks."""
    catalog = read(path)
    catalog.update(extract(folder), no_fuzzy_matching=True, update_creation_date=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER + written(catalog))
    return catalog


def read(path: Path = CATALOGUE) -> Catalog:
    """Return the catalogue at `path`, or an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="es", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="es")


def compile_messages(path: Path = CATALOGUE) -> Path:
    """Write the `.mo` file beside the catalogue if it is older, and return its path."""
    target = path.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
        catalog = read(path)
        with target.open("wb") as file:
            write_mo(file, catalog)
    return target


def problems(catalog: Catalog, extracted: Catalog) -> Iterator[str]:
    """Yield each fault: untranslated, fuzzy, obsolete, missing, other placeholders than its source."""
    known = {(message.id, message.context) for message in catalog if message.id}
    asked = {(message.id, message.context) for message in extracted if message.id}
    for text, _context in sorted(asked - known, key=str):
        yield f"missing from the catalogue: {text!r}"
    for text, _context in sorted(known - asked, key=str):
        yield f"nobody asks for: {text!r}"
    for text in catalog.obsolete:
        yield f"obsolete: {text!r}"
    for message in catalog:
        if message.id:
            yield from _faults(message)


def _faults(message: Message) -> Iterator[str]:
    ids, strings = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"fuzzy: {ids[0]!r}"
    if not all(strings) or len(strings) < len(ids):
        yield f"untranslated: {ids[0]!r}"
        return
    wanted = set().union(*(_FIELD.findall(text) for text in ids))
    for text in strings:
        fields = set(_FIELD.findall(text))
        if fields - wanted or (len(ids) == 1 and fields != wanted):
            yield f"placeholders differ: {ids[0]!r} / {text!r}"


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return singular and plural forms; a message without text has one empty form."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def written(catalog: Catalog) -> bytes:
    """Return the messages in the form of a `.po` file, sorted, without a header and without places."""
    buffer = BytesIO()
    write_po(
        buffer, catalog, width=100, no_location=True, sort_output=True, omit_header=True, ignore_obsolete=True
    )
    return buffer.getvalue()


def _python(path: Path) -> bytes:
    """Return Python text that asks for the same messages; templates lose the indentation that is no code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    calls = templatize(text, origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


def main(arguments: Sequence[str]) -> int:
    """Run one verb; `check` returns 1 and lists each fault where there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("extract", "update", "compile", "check"))
    verb = parser.parse_args(arguments).verb
    if verb == "extract":
        sys.stdout.buffer.write(written(extract()))
    elif verb == "update":
        catalog = update()
        print(
            f"{len(catalog)} messages, {sum(not all(_forms(m.string)) for m in catalog if m.id)} untranslated"
        )
    elif verb == "compile":
        print(compile_messages().relative_to(ROOT))
    else:
        found = list(problems(read(), extract()))
        print("\n".join(found) or f"{len(read())} messages, all in both languages")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
