"""From Markdown to the HTML of a page: no raw HTML, tables that scroll, anchors on headings, links checked.

The text is the project's own, and is cleaned all the same by an allow-list, since whoever attaches documents
to an installation may not be the one who reads them there. Serves every work-plan line.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

Linker = Callable[[str], str | None]

_TAGS: Final = {
    "a", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES: Final = {
    "a": {"href"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "h1": {"id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "td": {"class"},
    "th": {"class", "scope"},
}
_OUTSIDE: Final = ("https://", "http://", "#")


def html(text: str, *, link: Linker, table: str) -> SafeString:
    """Return cleaned HTML.

    Args:
        text: CommonMark with tables; raw HTML in it is shown as text.
        link: gives the address of a relative link; a link for which it gives None stays plain text.
        table: the word before the number that names each table to a screen reader.
    """
    tokens = _parser().parse(text)
    _anchor(tokens)
    for token in tokens:
        if token.children:
            token.children = _linked(token.children, link)
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if "text-align:right" in str(token.attrGet("style") or ""):
            token.attrSet("class", "number")
    drawn = _parser().renderer.render(tokens, _parser().options, {"table": table, "tables": 0})
    cleaned = nh3.clean(drawn, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"})
    return SafeString(cleaned)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


def _anchor(tokens: Sequence[Token]) -> None:
    """Give each heading an id: the code itself where the heading is one piece of code, else its words."""
    taken: dict[str, int] = {}
    for heading, inline in pairwise(tokens):
        if heading.type != "heading_open":
            continue
        name = _name(inline.children or [])
        taken[name] = taken.get(name, 0) + 1
        heading.attrSet("id", name if taken[name] == 1 else f"{name}-{taken[name]}")


def _name(children: Sequence[Token]) -> str:
    if [child.type for child in children] == ["code_inline"]:
        return children[0].content
    return slugify("".join(child.content for child in children)) or "section"


def _linked(children: Sequence[Token], link: Linker) -> list[Token]:
    """Rewrite relative links; drop the link, and keep its text, where there is no such document."""
    kept: list[Token] = []
    dropped = False
    for child in children:
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
            address = href if href.startswith(_OUTSIDE) else link(href)
            dropped = address is None
            child.attrSet("href", address or "")
        elif child.type == "link_close" and dropped:
            dropped = False
            continue
        if not (child.type == "link_open" and dropped):
            kept.append(child)
    return kept


def _table_open(
    _renderer: RendererHTML, _tokens: Sequence[Token], _index: int, _options: object, env: dict[str, Any]
) -> str:
    env["tables"] += 1
    name = escape(f"{env['table']} {env['tables']}")
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table>\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"


def _code(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: object) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'
