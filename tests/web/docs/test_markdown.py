"""Markdown becomes safe HTML: nothing hostile gets through, headings have anchors, dead links are text."""

import pytest

from hled.web.docs.markdown import html


def shown(text: str) -> str:
    return html(text, link=lambda href: f"/en/docs/{href}/" if href == "known" else None, table="Table")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://example.org/x.png)",
        "<a href='https://example.org' onclick='x()'>x</a>",
        "<style>body{display:none}</style>",
        "<iframe src='https://example.org'></iframe>",
        "```<script>\n</code></pre><script>alert(1)</script>\n```",
        "# <svg onload=alert(1)>",
        "`<script>`",
        "| <b onmouseover=x> |\n|---|\n| <script> |",
    ],
)
def test_nothing_hostile_gets_through(hostile: str) -> None:
    found = shown(hostile).lower()
    assert "<script" not in found
    assert "<img" not in found
    assert "<svg" not in found
    assert "<iframe" not in found
    assert "<style" not in found
    assert "<b " not in found
    assert 'href="javascript' not in found
    assert 'href="data' not in found
    assert 'href="vbscript' not in found
    assert "style=" not in found


def test_a_heading_has_an_anchor_of_its_words() -> None:
    assert '<h2 id="que-es-un-asiento">' in shown("## Qué es un asiento")


def test_a_heading_that_is_code_has_the_code_as_anchor() -> None:
    assert '<h3 id="search.no_page">' in shown("### `search.no_page`")


def test_equal_headings_have_different_anchors() -> None:
    found = shown("## Same\n\n## Same\n\n## Same")
    assert [f'id="{name}"' in found for name in ("same", "same-2", "same-3")] == [True, True, True]


def test_known_links_are_rewritten_and_dead_ones_are_text() -> None:
    found = shown("[here](known) and [**there**](unknown) and [out](https://example.org/a) and [up](#top)")
    assert 'href="/en/docs/known/"' in found
    assert "<strong>there</strong>" in found
    assert "unknown" not in found
    assert 'href="https://example.org/a"' in found
    assert 'href="#top"' in found
    assert found.count("<a ") == 3


def test_tables_scroll_are_named_and_keep_numbers_right() -> None:
    found = shown("| a | b |\n|---|---:|\n| x | 1 |\n\n| c |\n|---|\n| y |")
    assert found.count('tabindex="0" role="region"') == 2
    assert 'aria-label="Table 1"' in found
    assert 'aria-label="Table 2"' in found
    assert '<th scope="col">a</th>' in found
    assert '<td class="number">1</td>' in found


def test_code_can_be_reached_by_keyboard_and_is_escaped() -> None:
    assert '<pre tabindex="0"><code>a &lt; b\n</code></pre>' in shown("```sh\na < b\n```")
