"""The copied design system: exactly what the style sheet names, nothing dangling, the same every time."""

import hashlib
from pathlib import Path

import pytest

from hled.web.design import assets

FACE = '@font-face{{font-family:"F";src:url(../{}) format("woff2")}}'
SHIPPED = min(assets.FONTS)
CSS = (
    "\ufeff"
    + FACE.format(SHIPPED)
    + FACE.format("fonts/source-sans-pro/sourcesanspro-light-webfont.woff2")
    + ".a{background-image:url(../img/usa-icons/close.svg),linear-gradient(red,blue)}"
    + ".b{background:url('../img/usa-icons/add.svg')}.hero{background-image:url(../img/hero.jpg)}"
    + "@supports (mask:url()){.c{mask:url(data:image/svg+xml;base64,AAAA)}}"
    + "\n/*# sourceMappingURL=uswds.min.css.map */\n"
)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A tiny package with the same folders as the real one."""
    folder = tmp_path / "node_modules" / "dist"
    files = {
        assets.STYLE: CSS,
        "js/uswds.min.js": "let a=1;\n//# sourceMappingURL=uswds.min.js.map\n",
        "js/uswds-init.min.js": "let b=1;",
        "img/sprite.svg": "<svg/>",
        "img/hero.jpg": "large",
        "img/usa-icons/close.svg": "<svg/>",
        "img/usa-icons/add.svg": "<svg/>",
        "img/usa-icons/zoom.svg": "nobody names me",
        "js/uswds.js": "not shipped",
        SHIPPED: "font",
        "fonts/source-sans-pro/sourcesanspro-light-webfont.woff2": "font",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_copies_exactly_the_named_files(dist: Path, tmp_path: Path) -> None:
    names = assets.copy(dist, tmp_path / "out")
    assert set(names) == set(digest(tmp_path / "out"))
    assert set(names) == {
        assets.STYLE,
        *assets.SCRIPTS,
        "img/sprite.svg",
        "img/usa-icons/close.svg",
        "img/usa-icons/add.svg",
        SHIPPED,
    }


def test_every_reference_of_the_copied_style_is_shipped(dist: Path, tmp_path: Path) -> None:
    names = assets.copy(dist, tmp_path / "out")
    style = (tmp_path / "out" / assets.STYLE).read_text(encoding="utf-8")
    assert set(assets.references(style)) <= set(names)
    assert "light-webfont" not in style
    assert ".hero{background-image:none}" in style
    assert "url(data:image/svg+xml;base64,AAAA)" in style


def test_no_source_map_comment_is_left(dist: Path, tmp_path: Path) -> None:
    assets.copy(dist, tmp_path / "out")
    for name in (assets.STYLE, *assets.SCRIPTS):
        assert "sourceMappingURL" not in (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_a_second_copy_gives_the_same_bytes_and_leaves_nothing_old(dist: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assets.copy(dist, target)
    first = digest(target)
    (target / "img" / "old.svg").write_text("<svg/>")
    assets.copy(dist, target)
    assert digest(target) == first


def test_a_missing_file_stops_before_anything_changes(dist: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assets.copy(dist, target)
    before = digest(target)
    (dist / "img" / "usa-icons" / "add.svg").unlink()
    with pytest.raises(assets.AssetError) as caught:
        assets.copy(dist, target)
    assert "add.svg" in caught.value.text("en")
    assert "npm ci" in caught.value.text("es")
    assert digest(target) == before


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert assets.main([str(tmp_path / "nowhere"), str(tmp_path / "out")]) == 1
    assert "npm ci" in capsys.readouterr().err


def test_the_command_copies(dist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert assets.main([str(dist), str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / assets.STYLE).is_file()
    assert capsys.readouterr().out.startswith("7 ")
