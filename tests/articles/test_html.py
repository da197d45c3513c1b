"""Journalists' HTML: only what the editor can make is stored, whatever is pasted."""

from html.parser import HTMLParser
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django_prose_editor.config import EXTENSION_MAPPING, allowlist_from_extensions
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.html import ATTRIBUTES, EXTENSIONS, TAGS, _cleaner, clean_html
from articles.models import Article
from tests.factories import make_article

MARKUP = """
<p> </p> <a '> "> </a> <h2> </h2> <ul> <li> </ul> <blockquote> <br/> </br> <b> <em> <table> </table> <caption> <thead>
<tr> </tr> <td> </td> <th <col> <figure> </figure> <figcaption> </figcaption> <img src="/media/a.jpg" alt=' >
<img> <select>
<svg> <math> <style> </style> <script> </script> <!-- --> <![CDATA[ ]]> <template> <noscript> <title>
<textarea> <plaintext>
javascript: data: https://a.ma/ // / \\ &#13; &#10; &colon; &Tab; &amp; &lt; &nbsp; &#xFEFF; &#0; & ; < > " ' = سد x
"""
PIECES = [*MARKUP.split(), " href='", " onclick=", " style=", "\ufeff", "\u202e", "\u00a0", "\r", "\n", "\t", " "]
ANY_HTML = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(st.sampled_from(PIECES), max_size=25).map(
    "".join
)


class Reader(HTMLParser):
    """Collects the elements and attributes of a text, apart from any cleaner."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes.extend((tag, name, value) for name, value in attrs)


@pytest.mark.parametrize(
    "html",
    [
        "<p>نص <strong>مهم</strong> و<em>مائل</em><br>سطر</p>",
        "<h2>عنوان</h2><h3>فرعي</h3><h4>أصغر</h4>",
        '<ul><li>أول</li></ul><ol start="3"><li>ثالث</li></ol>',
        "<blockquote><p>«قول»</p></blockquote><hr>",
        '<p><a href="https://example.ma/?a=1&amp;b=2" title="مصدر" rel="noopener">رابط</a></p>',
    ],
    ids=["text", "headings", "lists", "quotation", "link"],
)
def test_what_the_editor_makes_is_kept_as_it_is(html: str) -> None:
    assert clean_html(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<h1>عنوان</h1>", "عنوان"),
        ('<p>نص<img src="x" onerror="alert(1)"></p>', "<p>نص</p>"),
        ("<h5>عنوان</h5>", "عنوان"),
        ("<p>نص<script>alert(1)</script></p>", "<p>نص</p>"),
        ("<style>p{}</style><p>نص</p>", "<p>نص</p>"),
        ('<iframe srcdoc="<script>">س</iframe><p>نص</p>', "<p>نص</p>"),
        ("<svg><script>alert(1)</script></svg><p>نص</p>", "<p>نص</p>"),
        ("<p>نص<!-- سر --></p>", "<p>نص</p>"),
        ("<form><input><button>زر</button></form>", "زر"),
        ("<b>نص</b><u>نص</u><span>نص</span>", "نصنصنص"),
        ("<p>مفتوح", "<p>مفتوح</p>"),
    ],
    ids=["h1", "img", "h5", "script", "style", "iframe", "svg", "comment", "form", "inline", "unclosed"],
)
def test_everything_else_goes(html: str, cleaned: str) -> None:
    assert clean_html(html) == cleaned


@pytest.mark.parametrize(
    "name", ["onclick", "style", "id", "name", "class", "target", "ping", "data-x", "xlink:href", "dir"]
)
def test_attributes_beyond_the_list_go(name: str) -> None:
    assert clean_html(f'<p {name}="x"><a href="/" {name}="x">نص</a></p>') == '<p><a href="/" rel="noopener">نص</a></p>'


@pytest.mark.parametrize(
    "html", ["", "<p></p>", "<p><br></p>", "<script>1</script>"], ids=["nothing", "p", "br", "script"]
)
def test_an_empty_editor_stores_nothing(html: str) -> None:
    assert clean_html(html) == ""


@settings(deadline=None, max_examples=200)
@given(ANY_HTML)
def test_nothing_outside_the_list_survives(html: str) -> None:
    reader = Reader(clean_html(html))

    assert set(reader.elements) <= TAGS
    assert all(
        name in ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set()) for tag, name, _ in reader.attributes
    )


@settings(deadline=None, max_examples=200)
@given(ANY_HTML)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    cleaned = clean_html(html)

    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize(
    "html",
    ["<p>أ&#13;ب</p>", "&#xFEFF;<p>نص</p>", "<p>أ&#13;&#10;ب</p>", "\ufeff" * 9],
    ids=["return", "mark", "line", "marks"],
)
def test_an_entity_for_a_character_that_parsers_change_is_cleaned_for_good(html: str) -> None:
    cleaned = clean_html(html)

    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize(
    "html",
    ["<h2><table><h2>نص", "<ul><li><select></ul><li>نص", "<p><select><li>نص", "<a href='/'><table><a href='/'>نص"],
    ids=["heading", "item", "paragraph", "link"],
)
def test_elements_that_cannot_nest_do_not_once_their_wrapper_is_gone(html: str) -> None:
    cleaned = clean_html(html)

    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize("text", ["&lt;script&gt;", "&amp;lt;b&amp;gt;", "1 &lt; 2 &amp; 3"])
def test_an_entity_stays_text(text: str) -> None:
    assert clean_html(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_the_tags_are_those_that_the_editor_can_make() -> None:
    made = allowlist_from_extensions({name: value for name, value in EXTENSIONS.items() if name in EXTENSION_MAPPING})

    assert made["tags"] == TAGS
    for tag, names in ATTRIBUTES.items():
        assert names <= made["attributes"][tag]


def test_every_extension_is_one_that_the_editor_knows() -> None:
    assert set(EXTENSIONS) - set(EXTENSION_MAPPING) <= {"Fullscreen"}  # a button, which makes no markup


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["body_ar", "body_fr", "body_en"])
def test_a_body_is_cleaned_by_save_alone(field: str) -> None:
    article = make_article(**{field: '<p onclick="x">نص<script>1</script></p>'})

    stored = Article.objects.values_list(field, flat=True).get(pk=article.pk)

    assert stored == getattr(article, field) == "<p>نص</p>"


def test_what_is_clean_is_not_parsed_again() -> None:
    cleaned = clean_html("<p>نص</p>" * 10)

    with patch("articles.html._cleaner") as parser:
        assert clean_html(cleaned) is cleaned
    assert not parser.clean.called


def test_what_was_changed_since_is_cleaned_again() -> None:
    assert clean_html(clean_html("<p>نص</p>") + "<script>1</script>") == "<p>نص</p>"


@pytest.mark.django_db
def test_a_save_with_its_version_parses_each_body_once() -> None:
    article = make_article(body="<p>قديم</p>", body_fr="<p>vieux</p>")
    article.body, article.body_fr = "<p>جديد<br></p>", "<p>neuf</p>"

    with patch("articles.html._cleaner", wraps=_cleaner) as parser:
        article.save()

    parsed = [call.args[0] for call in parser.clean.call_args_list]
    assert sorted(parsed) == ["<p>neuf</p>", "<p>جديد<br></p>"]
    assert article.history.first().body_ar == "<p>جديد<br></p>"


@pytest.mark.django_db
def test_a_form_cleans_a_body_before_it_is_stored() -> None:
    assert Article._meta.get_field("body_ar").clean("<p>نص<img src=x></p>", None) == "<p>نص</p>"


@pytest.mark.django_db
def test_a_body_that_is_refused_is_not_stored() -> None:
    article = make_article(body="<p>قديم</p>")
    article.body = "<ul><li>" * 200

    with pytest.raises(ValidationError):
        article.save()

    assert Article.objects.values_list("body_ar", flat=True).get(pk=article.pk) == "<p>قديم</p>"


@pytest.mark.parametrize("text", ["\ud800", "\x07", "\ufffe"], ids=ascii)
def test_a_form_refuses_what_no_parser_takes(text: str) -> None:
    with pytest.raises(ValidationError):
        Article._meta.get_field("body_ar").clean(f"<p>نص{text}</p>", None)
