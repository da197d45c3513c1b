"""Comments in the pages of articles, which know nothing of them."""

from typing import Any

from django import template

from articles.models import Article
from comments import wording
from comments.forms import CommentForm
from comments.html import paragraphs
from comments.opening import openness_for
from comments.thread import comment_page

register = template.Library()
register.filter("comment_count", wording.comment_count)
register.filter("all_answers", wording.all_answers)
register.filter("paragraphs", paragraphs)


@register.inclusion_tag("comments/_section.html")
def comment_section(article: Article) -> dict[str, Any]:
    """The newest comments of `article` and, where it takes them, the form."""
    openness = openness_for(article)
    form = CommentForm(article) if openness.is_open else None
    return {"article": article, "page": comment_page(article), "openness": openness, "form": form}
