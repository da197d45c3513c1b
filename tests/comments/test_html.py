"""The HTML of a comment: escaped, in paragraphs, its links marked as foreign."""

import re
import time
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.html import comment_html

ATTRIBUTES = {"p": {"dir"}, "br": set(), "a": {"href", "rel", "dir"}}
FRAGMENTS = [
    "<",
    ">",
    "&",
    "&amp;",
    "&lt;",
    "&#106;",
    "'",
    '"',
    "<script>",
    "</p>",
    "<a href=",
    "<!--",
    "onclick=",
    " ",
]
FRAGMENTS += [
    "https://",
    "http://example.ma/",
    "www.example.ma",
    "javascript:",
    "\n",
    "\n\n",
    "«",
    "»",
    "؟",
    "@",
    "`",
    "{{",
]
WRITTEN = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=30).map("".join)


def parse(html: str) -> Element:
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def links(text: str) -> list[str]:
    """What is linked in the HTML of `text`, as the reader sees it."""
    return ["".join(link.itertext()) for link in parse(comment_html(text)).iter("a")]


def test_markup_is_shown_and_not_obeyed() -> None:
    html = comment_html("<script>alert(1)</script> & <b onclick='x'>\"غامق\"</b>")

    assert "<script" not in html
    assert "<b" not in html
    assert "".join(parse(html).itertext()) == "<script>alert(1)</script> & <b onclick='x'>\"غامق\"</b>"


@pytest.mark.parametrize(
    "text",
    ["a & b", "AT&T", "&lt;b&gt;", "&amp;", "&amp;lt;", "&nbsp;", "&#106;", "&quot;", "&copy"],
    ids=["bare", "glued", "tag", "amp", "twice", "space", "number", "quote", "unfinished"],
)
def test_a_comment_is_shown_as_it_was_typed(text: str) -> None:
    assert "".join(parse(comment_html(text)).itertext()) == text


def test_each_paragraph_finds_its_own_direction() -> None:
    html = comment_html("فقرة أولى\nسطر ثان\n\nUne phrase")

    assert html == '<p dir="auto">فقرة أولى<br>سطر ثان</p><p dir="auto">Une phrase</p>'


@pytest.mark.parametrize("text", ["", "\n\n \n"], ids=["empty", "blank"])
def test_no_text_makes_no_paragraph(text: str) -> None:
    assert comment_html(text) == ""


def test_a_link_is_marked_as_foreign() -> None:
    link = parse(comment_html("انظر https://example.ma/a?x=1&y=2 هنا")).find("p/a")

    assert link is not None
    assert link.attrib == {"href": "https://example.ma/a?x=1&y=2", "rel": "nofollow ugc noopener", "dir": "ltr"}
    assert link.text == "https://example.ma/a?x=1&y=2"


def test_an_address_without_scheme_is_linked() -> None:
    link = parse(comment_html("www.example.ma")).find("p/a")

    assert link is not None
    assert link.get("href") == "https://www.example.ma"


@pytest.mark.parametrize(
    "address",
    [
        "https://a.ma/?x=1&y=2",
        "https://a.ma/?x&amp;y",
        "https://a.ma/?x&lt;y",
        "https://a.ma/?x&copy=1",
        "https://a.ma/&",
    ],
    ids=["bare", "escaped", "entity", "unfinished", "last"],
)
def test_a_link_leads_where_it_says(address: str) -> None:
    assert [link.get("href") for link in parse(comment_html(address)).iter("a")] == links(address) == [address]


@pytest.mark.parametrize(
    "template",
    ["{}، ثم", "«{}»", "هل قرأت {}؟", "{}؛ ثم", "({})", "“{}”", '"{}"', "{}.", "{}!", "{}…", "<{}>", "{}\nسطر"],
    ids=["comma", "guillemets", "question", "semicolon", "brackets", "curly", "straight", "dot", "bang", "ellipsis"]
    + ["angles", "line"],
)
def test_punctuation_stays_outside_the_link(template: str) -> None:
    address = "https://example.ma/خبر"

    assert links(template.format(address)) == [address]
    assert "".join(parse(comment_html(template.format(address))).itertext()) == template.format(address).replace(
        "\n", ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript://www.example.ma/%0aalert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        '<a href="javascript:alert(1)">انقر</a>',
    ],
    ids=["plain", "mixed-case", "with-host", "tab", "entity", "data", "vbscript", "file", "markup"],
)
def test_other_schemes_are_never_linked(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    "text",
    ["said@example.ma", "mailto:said@example.ma", "راسلوني على said@www.example.ma اليوم", "said.www@example.ma"],
    ids=["bare", "mailto", "www-host", "dotted"],
)
def test_email_addresses_are_not_linked(text: str) -> None:
    assert links(text) == []


@given(WRITTEN)
@settings(deadline=None, max_examples=200)
def test_only_paragraphs_breaks_and_safe_links_come_out(text: str) -> None:
    tree = parse(comment_html(text))

    for element in tree.iter():
        if element is tree:
            continue
        assert isinstance(element.tag, str), "a comment in the markup"
        assert set(element.attrib) == ATTRIBUTES[element.tag]
        if element.tag == "p":
            assert element.get("dir") == "auto"
        if element.tag == "a":
            assert re.match(r"(?i)https?://[^\s\"'<>]", element.get("href", ""))
            assert (element.get("rel"), element.get("dir")) == ("nofollow ugc noopener", "ltr")


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "&",
        "<div>",
        "\n",
        "س\n\n",
        "س\n",
        "www.",
        "http://",
        "https://a.ma ",
        "http://.",
        "a@",
        "a@a.ma ",
        "&#",
        "&lt;",
    ]
    + ["<!--", "\"'", "\n ", "https://a.ma/?a&b ", "https://a.ma/'", "((((", "«»"],
    ids=ascii,
)
@pytest.mark.parametrize("head", ["", "https://a.ma/"], ids=["alone", "in-an-address"])
def test_five_thousand_hostile_characters_cost_little(head: str, piece: str) -> None:
    text = (head + piece * 5_000)[:5_000]
    started = time.process_time()

    comment_html(text)

    assert time.process_time() - started < 0.5
