"""Comments in the pages of articles, which know nothing of them."""

from typing import Any

from django import template

from articles.models import Article
from articles.wording import shorten
from comments import wording
from comments.forms import CommentForm
from comments.html import paragraphs
from comments.opening import openness_for
from comments.privacy import mask
from comments.thread import comment_page

IN_SHORT = 160  # characters

register = template.Library()
register.filter("comment_count", wording.comment_count)
register.filter("all_answers", wording.all_answers)
register.filter("paragraphs", paragraphs)
register.filter("masked", mask)


@register.filter
def one_line(text: str) -> str:
    """`text` without line breaks, so that it can be isolated as a whole."""
    return " ".join(text.split())


@register.filter
def in_short(text: str) -> str:
    """The beginning of a comment on one line, for a list of them."""
    return shorten(one_line(text), IN_SHORT)


@register.inclusion_tag("comments/_section.html")
def comment_section(article: Article) -> dict[str, Any]:
    """The newest comments of `article` and, where it takes them, the form."""
    openness = openness_for(article)
    form = CommentForm(article) if openness.is_open else None
    return {"article": article, "page": comment_page(article), "openness": openness, "form": form}
