"""Journalists' links: only addresses that open a page, a mail or a call are stored."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.html import clean_html

ADDRESSES = st.lists(
    st.sampled_from(
        ["java", "script", ":", "data", "https", "mailto", "tel", "/", "\\", "\t", "\n", " ", "a.ma", "?", "#", "\x01"]
    )
).map("".join)


class Addresses(HTMLParser):
    """Collects the addresses of a text's links, apart from any cleaner."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.extend(value or "" for name, value in attrs if name == "href")


def link(address: str) -> str:
    return f'<p><a href="{address}">رابط</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.ma/خبر", "http://example.ma", "HTTPS://EXAMPLE.MA", "mailto:desk@example.ma"),
        *("tel:+212537000000", "/news/1/", "/", "?before=2", "#top"),
    ],
)
def test_a_safe_address_is_kept(address: str) -> None:
    assert Addresses(clean_html(link(address))).found == [address]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "javascript:1",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
        ),
        *("java\tscript:alert(1)", "\x01javascript:alert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)"),
        *(
            "java&Tab;script:alert(1)",
            "&#x6A&#x61vascript:1",
            "data:text/html,<script>",
            "data:text/html;base64,eA==",
            "DATA:,x",
        ),
        *(
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://example.ma",
            "blob:x",
            "feed:javascript:1",
            "//example.org/",
            "/\\example.org",
        ),
        *("\\\\example.org", "http:\\\\example.org", "example.org", "https:", "https://exam ple.org"[:6] + " x", ""),
    ],
    ids=ascii,
)
def test_an_unsafe_address_is_dropped_and_its_text_kept(address: str) -> None:
    assert clean_html(link(address)) == '<p><a rel="noopener">رابط</a></p>'


@pytest.mark.parametrize(
    "address", ["/\t/example.org", "/\n/example.org", "/\r\\example.org", "/&Tab;/example.org"], ids=ascii
)
def test_a_relative_address_does_not_leave_the_site_once_a_browser_drops_its_gaps(address: str) -> None:
    assert clean_html(link(address)) == '<p><a rel="noopener">رابط</a></p>'


@settings(deadline=None, max_examples=200)
@given(ADDRESSES)
def test_every_kept_address_has_a_known_scheme_as_browsers_read_it(address: str) -> None:
    for kept in Addresses(clean_html(link(address))).found:
        read = re.sub(r"[\t\n\r]", "", kept.strip("".join(map(chr, range(33))))).replace("\\", "/")
        parts = urlsplit(read)

        assert parts.scheme in {"", "http", "https", "mailto", "tel"}
        assert parts.scheme or not parts.netloc
