"""Journalists' tables: rows and cells as the editor makes them, and nothing that only looks like one."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.html import clean_html, plain_text

TABLE = (
    "<table><tbody><tr><th><p>السنة</p></th><th><p>العدد</p></th></tr>"
    '<tr><td colspan="2"><p>2026</p></td></tr><tr><td rowspan="2"><p>7</p></td><td><p>9</p></td></tr></tbody></table>'
)
PIECES = """
<table> </table> <thead> </thead> <tbody> <tr> </tr> <td> </td> <th <caption> <col>
<p> </p> <ul> <li> س <b> </b> <select> <svg> <form>
"""
SOUP = st.lists(st.sampled_from(PIECES.split()), max_size=20).map("".join)


def test_a_table_of_the_editor_is_kept_as_it_is() -> None:
    assert clean_html(TABLE) == TABLE


def test_a_head_is_kept() -> None:
    table = "<table><thead><tr><th>أ</th></tr></thead><tbody><tr><td>ب</td></tr></tbody></table>"

    assert clean_html(table) == table


@pytest.mark.parametrize("name", ["colspan", "rowspan"])
@pytest.mark.parametrize(
    "value", ["1", "0", "-2", "1000", "2.5", "2 ", "٢", "x", "", "99999999999"], ids=lambda value: value or "empty"
)
def test_a_cell_never_spans_a_strange_number(name: str, value: str) -> None:
    cleaned = clean_html(f'<table><tbody><tr><td {name}="{value}">س</td></tr></tbody></table>')

    assert cleaned == "<table><tbody><tr><td>س</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<table border=1 width=9 style=x class=MsoTable><tr><td align=right>س</table>", "<td>س</td>"),
        ("<table><colgroup><col style=x></colgroup><tr><td>س</table>", "<td>س</td>"),
        ("<table><tr><td><script>1</script>س</table>", "<td>س</td>"),
        ("<table><tr><td onclick=x id=y><svg><td>1</svg>س</table>", "<td>س</td>"),
    ],
    ids=["attributes", "columns", "script", "svg"],
)
def test_what_a_table_brings_along_goes(html: str, cleaned: str) -> None:
    assert clean_html(html) == f"<table><tbody><tr>{cleaned}</tr></tbody></table>"


def test_what_stands_between_the_rows_is_put_before_the_table() -> None:
    assert clean_html("<table><tr><td>س</td></tr>نص<p>فقرة</p></table>") == (
        "نص<p>فقرة</p><table><tbody><tr><td>س</td></tr></tbody></table>"
    )


def test_a_caption_becomes_text_before_its_table() -> None:
    assert clean_html("<table><caption>عنوان</caption><tr><td>س</table>").startswith("عنوان<table>")


def test_the_text_of_a_table_has_a_line_for_each_cell() -> None:
    assert plain_text(TABLE).split() == ["السنة", "العدد", "2026", "7", "9"]


@settings(deadline=None, max_examples=200)
@given(SOUP)
def test_a_cleaned_table_reads_alike_in_another_parser(html: str) -> None:
    cleaned = clean_html(html)

    assert clean_html(str(cleaned)) == cleaned
    read = html5lib.parseFragment(cleaned, namespaceHTMLElements=False)
    for row in read.iter("tr"):
        assert {cell.tag for cell in row} <= {"td", "th"}
    for table in read.iter("table"):
        assert {part.tag for part in table} <= {"thead", "tbody"}
