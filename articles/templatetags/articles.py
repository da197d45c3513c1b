"""What templates need to know of languages and articles."""

from typing import Any

from django import template
from django.conf import settings
from django.template import RequestContext
from django.urls import reverse
from django.utils import translation

from articles.choices import Kind
from articles.embeds import mark_sponsored, render_body
from articles.sharing import share_links

register = template.Library()


@register.filter
def article_body(body: str | None) -> str:
    """A stored body, which was cleaned, as its page shows it."""
    return render_body(body) if body else ""


@register.filter
def links_of(html: str, kind: str) -> str:
    """The shown body of an article of `kind`: where it is paid for, its links say so to search engines."""
    return mark_sponsored(html) if kind == Kind.SPONSORED else html


@register.simple_tag(takes_context=True)
def share_row(context: RequestContext, article: Any) -> dict[str, Any]:
    """The short address of `article` with its host, and the places where readers pass it on."""
    address = context["request"].build_absolute_uri(article.get_short_url())
    return {"address": address, "places": share_links(article, address)}


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext, article: Any = None) -> list[dict[str, Any]]:
    """The page at hand in each language: code, name in that language, address, whether it is this one.

    An article, or whatever else has `languages()` and an address, is listed in those it exists in;
    every other page exists in all.
    """
    codes = article.languages() if article else [code for code, _name in settings.LANGUAGES]
    here = translation.get_language()
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"],
            "url": _address(context, code, article),
            "is_current": code == here,
        }
        for code in codes
    ]


def _address(context: RequestContext, code: str, article: Any) -> str:
    with translation.override(code):
        if article:
            return article.get_absolute_url()
        root = reverse("front_page")
    request = context.get("request")
    if request is None or getattr(request, "resolver_match", None) is None:
        return root
    with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return root + request.path_info.removeprefix(reverse("front_page"))
