"""What templates need to know of languages and articles."""

from typing import Any

from django import template
from django.conf import settings
from django.template import RequestContext
from django.urls import reverse
from django.utils import translation

from articles.embeds import render_body

register = template.Library()


@register.filter
def article_body(body: str | None) -> str:
    """A stored body, which was cleaned, as its page shows it."""
    return render_body(body) if body else ""


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
