"""The one reader of `docs/`: which documents there are, and each as cleaned HTML in the asker's language.

The folder is scanned once a process and an address is only ever looked up among what was found, so that no
address can reach another file. The documents explain the whole platform, under every work-plan line.
"""

import posixpath
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hled.language import LANGUAGES, Language
from hled.web.docs.markdown import html

_HERE: Final = Path(__file__).resolve().parent
_FILE: Final = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<language>en|es))?\.md\Z")

FOLDERS: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "tutorial": (_("Tutorial"), _("Learn the platform by using it once.")),
    "how-to": (_("How to"), _("Steps for one task.")),
    "explanation": (_("Explanation"), _("How and why it works as it does.")),
    "reference": (_("Reference"), _("Exact facts to look up.")),
    "adr": (_("Decisions"), _("Architecture decision records: what was chosen, against what, and why.")),
    "security": (_("Security"), _("What a stranger can do, and what holds them back.")),
}


@dataclass(frozen=True, slots=True)
class Version:
    """A document in one language; `title` is its first line."""

    language: Language
    title: str
    file: Path


@dataclass(frozen=True, slots=True)
class Document:
    """A document: `path` is its folder and name (`how-to/add-a-question`), versions in English first."""

    path: str
    versions: tuple[Version, ...]

    @property
    def folder(self) -> str:
        """The folder, one of `FOLDERS`."""
        return self.path.partition("/")[0]

    def version(self, language: Language) -> Version:
        """Return the version in `language`, or the only one there is."""
        return next((item for item in self.versions if item.language == language), self.versions[0])


@dataclass(frozen=True, slots=True)
class Link:
    """A document in a list: its address in the asker's language, and the language it is written in."""

    path: str
    url: str
    title: str
    language: Language


@dataclass(frozen=True, slots=True)
class Section:
    """A folder of documents; `foreign` says that none of them is in the asker's language."""

    name: str
    title: str
    purpose: str
    links: tuple[Link, ...]
    foreign: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A document ready to show: `html` is cleaned, `language` is the one it is written in."""

    path: str
    folder: str
    section: str
    title: str
    language: Language
    html: SafeString


def folder() -> Path:
    """Return where the documents are: in the installed package, else `docs/` of the project beside `src/`."""
    inside = _HERE / "pages"
    return inside if inside.is_dir() else _HERE.parents[3] / "docs"


def listing(language: Language) -> tuple[Section, ...]:
    """Return every folder with its documents, titles in `language` where they exist in it."""
    with translation.override(language):
        return tuple(_section(name, language) for name in FOLDERS)


def page(path: str, language: Language) -> Page | None:
    """Return the document at `path`, None where there is none."""
    return _page(path, language) if path in documents() else None


def resolve(origin: Document, href: str, language: Language) -> str | None:
    """Return the address of the document that a relative link of `origin` means, None where there is none."""
    name, mark, fragment = href.partition("#")
    target = posixpath.normpath(posixpath.join(origin.folder, name))
    found = _FILE.match(posixpath.basename(target))
    if found is None:
        return None
    path = posixpath.join(posixpath.dirname(target), found["name"])
    return _address(path, language) + mark + fragment if path in documents() else None


@cache
def documents() -> dict[str, Document]:
    """Return every document by its path, read once a process."""
    found: dict[str, list[Version]] = {}
    for name in FOLDERS:
        for file in sorted((folder() / name).glob("*.md")):
            match = _FILE.match(file.name)
            if match is not None:
                language: Language = "es" if match["language"] == "es" else "en"
                found.setdefault(f"{name}/{match['name']}", []).append(Version(language, _title(file), file))
    return {
        path: Document(path, tuple(sorted(versions, key=lambda version: LANGUAGES.index(version.language))))
        for path, versions in found.items()
    }


@cache
def _page(path: str, language: Language) -> Page:
    document = documents()[path]
    version = document.version(language)
    with translation.override(version.language):
        table = gettext("Table")
    with translation.override(language):
        section = str(FOLDERS[document.folder][0])
    return Page(
        path=path,
        folder=document.folder,
        section=section,
        title=version.title,
        language=version.language,
        html=html(
            version.file.read_text(encoding="utf-8"),
            link=lambda href: resolve(document, href, language),
            table=table,
        ),
    )


def _section(name: str, language: Language) -> Section:
    title, purpose = FOLDERS[name]
    links = tuple(_links(name, language))
    foreign = all(link.language != language for link in links)
    return Section(name, str(title), str(purpose), links, foreign)


def _links(name: str, language: Language) -> list[Link]:
    found = [document for document in documents().values() if document.folder == name]
    return [
        Link(item.path, _address(item.path, language), version.title, version.language)
        for item in found
        for version in (item.version(language),)
    ]


def _address(path: str, language: Language) -> str:
    with translation.override(language):
        return reverse("docs:page", kwargs={"path": path})


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return lines.readline().removeprefix("#").replace("`", "").strip()
