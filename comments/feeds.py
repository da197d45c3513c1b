"""The feed of an article's comments."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.bidi import isolate
from articles.models import Article
from articles.validators import drop_forbidden
from comments.models import Comment

LENGTH = 30


class CommentFeed(Feed):
    """/news/<pk>/comments/feed/: the newest approved comments."""

    def get_object(self, request: HttpRequest, pk: int) -> Article:
        return get_object_or_404(Article.objects.published().in_language().cards(), pk=pk)

    def title(self, obj: Article) -> str:
        return drop_forbidden(_("Comments on “%(title)s”") % {"title": isolate(obj.title)})

    def description(self, obj: Article) -> str:
        return self.title(obj)

    def link(self, obj: Article) -> str:
        return obj.get_absolute_url()

    def feed_url(self, obj: Article) -> str:
        return reverse("comment_feed", args=[obj.pk])

    def items(self, obj: Article) -> list[Comment]:
        approved = Comment.objects.approved().filter(article=obj)
        return list(approved.only("pk", "name", "html", "submitted_at", "article_id")[:LENGTH])

    def item_title(self, item: Comment) -> str:
        return drop_forbidden(item.name)

    def item_description(self, item: Comment) -> str:
        return drop_forbidden(item.html)

    def item_link(self, item: Comment) -> str:
        return f"{reverse('comment_list', args=[item.article_id])}#comment-{item.pk}"

    def item_pubdate(self, item: Comment) -> datetime:
        return localtime(item.submitted_at)
