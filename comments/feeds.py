"""The feed of an article's comments."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.bidi import isolate
from articles.feeds.channel import LENGTH, Channel, Item, Person, newest
from articles.feeds.composing import hub, own_address
from articles.feeds.writers import RSS, respond
from articles.http import public_page
from articles.models import Article
from comments.models import Comment
from comments.thread import comment_path


@public_page
def comment_feed(request: HttpRequest, pk: int, form: str = RSS) -> HttpResponse:
    """/news/<pk>/comments/feed/: the newest approved comments."""
    article = get_object_or_404(Article.objects.published().in_language().cards(), pk=pk)
    approved = Comment.objects.approved().filter(article=article)
    rows = approved.only("pk", "name", "html", "submitted_at", "article_id", "parent_id")[:LENGTH]
    items = tuple(_comment_item(request, comment) for comment in rows)
    title = _("Comments on “%(title)s”") % {"title": isolate(article.title)}
    channel = Channel(
        title=title,
        description=title,
        url=request.build_absolute_uri(article.get_absolute_url()),
        address=own_address(request),
        language=get_language() or settings.LANGUAGE_CODE,
        updated=newest(items, localtime(article.published_at)),
        items=items,
        hub=hub(),
    )
    return respond(channel, form)


def _comment_item(request: HttpRequest, comment: Comment) -> Item:
    """A comment. Its link leads to a page that shows it, its key stays when a thread moves."""
    listed = request.build_absolute_uri(reverse("comment_list", args=[comment.article_id]))
    at = localtime(comment.submitted_at)
    return Item(
        key=f"{listed}#comment-{comment.pk}",
        is_permalink=False,
        url=request.build_absolute_uri(comment_path(comment)),
        title=comment.name,
        published=at,
        updated=at,
        html=comment.html,
        authors=(Person(comment.name),),
    )
