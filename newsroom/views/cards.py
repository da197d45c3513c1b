"""The pictures that stand for articles where their addresses are shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.decorators.http import require_safe

from articles.cards.card import Card, card_of, card_of_site
from articles.cards.making import find_or_make
from articles.http import FOR_EVER, MEDIA_POLICY, PUBLIC
from articles.models import Article
from newsroom.models import SiteSettings


@require_safe
def social_card(request: HttpRequest, pk: int, key: str, language: str) -> HttpResponse:
    """The card of an article that readers may see in `language`, drawn at the first request for it.

    A former key leads to the present one: who shared the article before it changed sees it as it is.
    """
    with translation.override(language):
        article = get_object_or_404(Article.objects.published().in_language().cards(), pk=pk)
        card = card_of(article, SiteSettings.load().name)
    return _answer(card, key)


@require_safe
def site_card(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The card of every page that is no article."""
    with translation.override(language):
        card = card_of_site(SiteSettings.load())
    return _answer(card, key)


def _answer(card: Card, key: str) -> HttpResponse:
    if key != card.key:
        response: HttpResponse = redirect(card.address)
        response.headers["Cache-Control"] = PUBLIC
        return response
    response = HttpResponse(find_or_make(card), content_type="image/jpeg")
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = MEDIA_POLICY
    return response
