"""The page behind a signed link: an article as it is stored, for somebody without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info, override
from django.views.decorators.http import require_safe

from articles.choices import LinkKind
from articles.http import private_page
from articles.links import LinkOver, read_link
from articles.models import Article
from articles.showing import stored_page, whole


@private_page
@require_safe
def article_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The stored text, in the language of the address; 404 for a forged link, 410 for one that is over."""
    try:
        link = read_link(token, LinkKind.PREVIEW)
    except LinkOver as over:
        return TemplateResponse(request, "articles/preview_over.html", {"link": over.link}, status=410)
    article = whole(Article.objects.filter(pk=link.article_id)).get()
    languages = _languages(article, token)
    if languages and all(language["code"] != get_language() for language in languages):
        return redirect(languages[0]["url"])
    article.published_at = article.published_at or timezone.now()  # as it would read if it were published now
    context = stored_page(article) | {"languages": languages, "until": link.expires_at}
    return TemplateResponse(request, "articles/article_preview.html", context)


def _languages(article: Article, token: str) -> list[dict[str, Any]]:
    """The languages that it exists in, each with this page's address there."""
    found = []
    for code in article.languages():
        with override(code):
            url = reverse("article_preview", args=[token])
        info = get_language_info(code)
        found.append({"code": code, "name": info["name_local"], "url": url, "is_current": code == get_language()})
    return found
