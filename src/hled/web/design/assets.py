"""Copies the few files of the design system that the site shows, so that no third-party file is committed.

`npm ci` brings the whole package; this module takes the style sheet, the scripts, the icon sprite, and
exactly the fonts and images that the style sheet names. The style sheet is copied without references to
files that are not shipped (a manifest of static files fails on those) and without source-map comments.
It serves every work-plan line, as part of the shell around all pages. Run it as
`python -m hled.web.design.assets [DIST] [TARGET]`.
"""

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hled.language import Bilingual, DialogueError
from hled.web.settings import environment

DIST: Final = Path("node_modules/@uswds/uswds/dist")
STYLE: Final = "css/uswds.min.css"
SCRIPTS: Final = ("js/uswds-init.min.js", "js/uswds.min.js")
AS_THEY_ARE: Final = ("img/sprite.svg",)
FONTS: Final = frozenset(
    {
        "fonts/source-sans-pro/sourcesanspro-regular-webfont.woff2",
        "fonts/source-sans-pro/sourcesanspro-italic-webfont.woff2",
        "fonts/source-sans-pro/sourcesanspro-bold-webfont.woff2",
        "fonts/merriweather/Latin-Merriweather-Regular.woff2",
        "fonts/merriweather/Latin-Merriweather-Bold.woff2",
    }
)
LEFT_OUT: Final = frozenset({"img/hero.jpg"})  # 147 kB that no page of ours shows

_FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}")
_URL: Final = re.compile(r"""url\(\s*["']?\.\./([^"')#?]+)["']?\s*\)""")
_MAP: Final = re.compile(r"^[ \t]*(?://|/\*)# sourceMappingURL=[^\n]*\n?", re.MULTILINE)


class AssetError(DialogueError):
    """The installed package lacks a file that the site needs."""

    code = "design.asset_missing"


def shipped_style(css: str) -> str:
    """Return the style sheet without the font faces and images that are not shipped, nor source maps."""

    def face(match: re.Match[str]) -> str:
        return match[0] if set(references(match[0])) <= FONTS else ""

    def image(match: re.Match[str]) -> str:
        return "none" if match[1] in LEFT_OUT else match[0]

    return _MAP.sub("", _URL.sub(image, _FACE.sub(face, css)))


def references(css: str) -> tuple[str, ...]:
    """Return the files that a style sheet names, relative to the folder above it, sorted, each once."""
    return tuple(sorted(set(_URL.findall(css))))


def copy(dist: Path, target: Path) -> tuple[str, ...]:
    """Copy the shipped files from `dist` to `target`, replacing what was there, and return their names.

    Raises:
        AssetError: the package lacks a file; `target` is left as it was.
    """
    style = shipped_style(_read(dist, STYLE))
    scripts = {name: _MAP.sub("", _read(dist, name)) for name in SCRIPTS}
    binary = (*AS_THEY_ARE, *references(style))
    for name in binary:
        _present(dist, name)
    shutil.rmtree(target, ignore_errors=True)
    for name, text in {STYLE: style, **scripts}.items():
        _room(target / name).write_text(text, encoding="utf-8")
    for name in binary:
        shutil.copyfile(dist / name, _room(target / name))
    return tuple(sorted((STYLE, *SCRIPTS, *binary)))


def main(arguments: Sequence[str]) -> int:
    """Copy from DIST (node_modules) to TARGET (HLED_HOME/assets/uswds) and say how many files."""
    dist = Path(arguments[0]) if arguments else DIST
    target = Path(arguments[1]) if len(arguments) > 1 else environment.home() / "assets" / "uswds"
    try:
        names = copy(dist, target)
    except AssetError as error:
        sys.stderr.write(f"{error.message.en}\n{error.message.es}\n")
        return 1
    sys.stdout.write(f"{len(names)} files / archivos → {target}\n")
    return 0


def _present(dist: Path, name: str) -> Path:
    path = dist / name
    if path.is_file():
        return path
    raise AssetError(
        Bilingual(
            en=f"{path} is missing: run `npm ci`, or `make run`, which does it.",
            es=f"Falta {path}: ejecute `npm ci`, o `make run`, que lo hace.",
        )
    )


def _read(dist: Path, name: str) -> str:
    return _present(dist, name).read_text(encoding="utf-8")


def _room(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
