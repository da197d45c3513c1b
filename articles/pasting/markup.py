"""Rules for pasted HTML: what word processors, messengers and pages wrap around a text.

The HTML is first put in order by a parser, then read as blocks (paragraphs, headings) between
structure (lists, tables, quotations), and written again from what was understood.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

import nh3

from articles.html import RAW_TEXT, SCHEMES, TAG, TAGS, check_size, clean_html
from articles.pasting.letters import BLANK, LINE_ENDS, Passage
from articles.pasting.lists import with_lists
from articles.pasting.stream import Block, Item, Run
from articles.pasting.tally import Cleaned, Tally

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
STRUCTURE = {"ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "figure", "hr"}
PARAGRAPHS = {
    *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "center", "address", "pre"),
    *("dl", "dt", "dd", "form", "fieldset", "caption", "tfoot", "details", "summary", "figcaption"),
}
CODE = {"code", "kbd", "samp", "tt", "pre"}
INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "a", "span": "", "font": ""}
WIDE_TAGS = {*TAGS, *HEADINGS, *STRUCTURE, *PARAGRAPHS, *CODE, *INLINE}
_reader = nh3.Cleaner(
    tags=WIDE_TAGS,
    attributes={"*": {"style", "class", "align", "href", "src", "alt", "start", "colspan", "rowspan", "lang", "dir"}},
    url_schemes=SCHEMES,
    link_rel=None,
    clean_content_tags={*RAW_TEXT - {"xmp", "plaintext"}, "svg", "math", "xml", "template", "noscript", "head"},
)
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
WHITE = re.compile("[ \t\n\r\f]+")
BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|[1-5]00)")
ITALIC = re.compile(r"font-style:\s*italic")
IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
FOREIGN = re.compile(r"<(?:o|w|v|m|st1):[a-z]+|<!--\[if|<!\[if|<font\b", re.IGNORECASE)
START, END = "<!--StartFragment-->", "<!--EndFragment-->"
SPANS = ("colspan", "rowspan")
KEPT_ATTRIBUTES = {"ol": ("start",), "th": SPANS, "td": SPANS, "img": ("src", "alt")}


def markup_of_text(text: str) -> str:
    """Plain `text` as HTML: a paragraph for each line."""
    lines = LINE_ENDS.sub("\n", text).split("\n")
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line.strip())


def clean_markup(html: str, language: str) -> Cleaned:
    """`html` as the editor takes it and as `language` is written, and what was changed of it.

    Raises ValidationError where it is too long or too deep.
    """
    check_size(html)
    tally = Tally()
    fragment = _fragment(html)
    tally.count("styles", len(FOREIGN.findall(fragment)))
    items = _without_empty_figures(list(_Reading(tally).read(_reader.clean(fragment))))
    blocks = [item for item in items if isinstance(item, Block)]
    for block in blocks:
        passage = Passage([run.text for run in block.runs])
        passage.clean(language, tally)
        runs = [run._replace(text=text) for run, text in zip(block.runs, passage.pieces(), strict=True)]
        # What is alone may be put into a sentence, which needs its spaces.
        block.runs = _trimmed(runs, "\n" if len(blocks) == 1 else None)
    items = [item for item in items if not isinstance(item, Block) or item.runs]
    written = "".join(item if isinstance(item, str) else item.written() for item in with_lists(items, tally))
    return Cleaned(clean_html(written), tally.changes())


def _fragment(html: str) -> str:
    """What was copied of a page that came whole."""
    start, end = html.find(START), html.rfind(END)
    return html[start + len(START) : end] if 0 <= start < end else html


def _without_empty_figures(items: list[Item]) -> list[Item]:
    """`items` without figures whose picture was left out; their captions are paragraphs."""
    kept: list[Item | None] = [*items]
    standing: list[tuple[int, int, list[Block]]] = []  # where it opened, pictures before it, its captions
    lone: list[Block] = []
    pictures = 0
    for place, item in enumerate(items):
        if isinstance(item, Block):
            if item.kind == "figcaption":
                (standing[-1][2] if standing else lone).append(item)
        elif item == "<figure>":
            standing.append((place, pictures, []))
        elif item == "</figure>":
            opening, before, captions = standing.pop()
            if pictures == before:
                kept[opening] = kept[place] = None
                lone += captions
        else:
            pictures += item.startswith("<img")
    for caption in lone:
        caption.kind = "p"
    return [item for item in kept if item is not None]


def _trimmed(runs: list[Run], edges: str | None) -> list[Run]:
    """`runs` without `edges` (None: any white space) before and behind them, and without empty ones."""
    kept = [run for run in runs if run.text]
    while kept and (text := kept[0].text.lstrip(edges)) != kept[0].text:
        kept[:1] = [kept[0]._replace(text=text)] if text else []
    while kept and (text := kept[-1].text.rstrip(edges)) != kept[-1].text:
        kept[-1:] = [kept[-1]._replace(text=text)] if text else []
    return kept


class _Reading:
    """Reads well-formed HTML into blocks and the structure between them."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._block = Block("p")
        self._marks: list[tuple[str, str]] = []  # the element that is open, and what it makes

    def read(self, html: str) -> Iterator[Item]:
        position = 0
        for tag in TAG.finditer(html):
            self._text(unescape(html[position : tag.start()]))
            position = tag.end()
            yield from self._tag(tag[2], bool(tag[1]), dict(ATTRIBUTE.findall(tag[0])))
        self._text(unescape(html[position:]))
        yield from self._end_block()

    def _tag(self, name: str, closing: bool, attributes: dict[str, str]) -> Iterator[Item]:
        if not closing:
            self._tally.count("styles", int(bool({"style", "class", "align", "lang", "dir"} & set(attributes))))
        if name == "br":
            yield from self._break()
        elif name == "img":
            yield from self._picture(attributes)
        elif name in INLINE or (name in CODE and name != "pre"):
            self._mark(name, closing, attributes)
        else:
            yield from self._end_block()
            if name == "pre":
                self._mark(name, closing, attributes)
            if name in STRUCTURE:
                yield _tag(name, closing, attributes)
            elif not closing:
                self._block = Block("figcaption" if name == "figcaption" else HEADINGS.get(name, "p"))

    def _mark(self, name: str, closing: bool, attributes: dict[str, str]) -> None:
        if not closing:
            self._marks.append((name, _made_of(name, attributes)))
            return
        for place in range(len(self._marks) - 1, -1, -1):
            if self._marks[place][0] == name:
                del self._marks[place]
                return

    def _text(self, text: str) -> None:
        made = [mark for _name, mark in self._marks]
        if "marker" in made:
            self._block.marker += text
            return
        if "code" in made:
            # The editor has no code; between backticks the rules leave it as it is.
            lines = [WHITE.sub(" ", line) for line in LINE_ENDS.sub("\n", text).split("\n")]
            text = "\n".join(f"`{line}`" if line.strip() and "`" not in line else line for line in lines)
        else:
            text = WHITE.sub(" ", text)
        if text and (self._block.runs or not BLANK.fullmatch(text)):
            shown = tuple(dict.fromkeys(mark for mark in made if mark and mark != "code"))
            self._block.runs.append(Run(text, shown))

    def _break(self) -> Iterator[Item]:
        """A line break; two of them part paragraphs."""
        runs = self._block.runs
        while runs and runs[-1].text != "\n" and BLANK.fullmatch(runs[-1].text):
            runs.pop()
        if runs and runs[-1].text.endswith("\n"):
            self._tally.count("paragraphs")
            yield from self._end_block()
        elif runs:
            runs.append(Run("\n", ()))

    def _end_block(self) -> Iterator[Item]:
        block, self._block = self._block, Block("p")
        if not all(BLANK.fullmatch(run.text) for run in block.runs):
            yield block

    def _picture(self, attributes: dict[str, str]) -> Iterator[Item]:
        tag = clean_html(_tag("img", False, attributes))
        if tag:
            yield from self._end_block()
            yield tag
        else:
            self._tally.count("pictures")


def _tag(name: str, closing: bool, attributes: dict[str, str]) -> str:
    """A tag with the attributes that it may keep; their values are still escaped."""
    if closing:
        return f"</{name}>"
    kept = (f' {key}="{attributes[key]}"' for key in KEPT_ATTRIBUTES.get(name, ()) if key in attributes)
    return f"<{name}{''.join(kept)}>"


def _made_of(name: str, attributes: dict[str, str]) -> str:
    """The mark that an inline element makes: a tag, “code”, “marker” for the number of Word's lists, or nothing."""
    style = attributes.get("style", "").lower()
    if IGNORED.search(style):
        return "marker"
    if name in CODE:
        return "code"
    if name == "a":
        return f'a href="{attributes["href"]}"' if attributes.get("href") else ""
    if INLINE[name] == "strong":
        return "" if NOT_BOLD.search(style) else "strong"
    if INLINE[name] == "em":
        return "em"
    return "strong" if BOLD.search(style) else "em" if ITALIC.search(style) else ""
