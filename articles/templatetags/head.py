"""The head of public pages: canonical address, Open Graph and JSON-LD. Pages that no one should find have none."""

from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import gettext

from articles import structured
from articles.cards.card import card_of, card_of_site
from articles.head import TITLE, Head, Image, beginning, describe, opening, origin_of, own_address, share_image
from articles.models import Article
from articles.structured import Origin

register = template.Library()
PARTIAL = "_head_meta.html"


@register.inclusion_tag(PARTIAL, takes_context=True)
def article_head(context: RequestContext, article: Article) -> dict[str, Any]:
    """The head of an article's page, from what stands in its context."""
    request, site = context["request"], context["site"]
    origin, page = origin_of(request, site), _flat(context)
    card, description = card_of(article, site.name), describe(article)
    trail = _trail(page, [(str(page["section"]), page["section"].get_absolute_url())] if page.get("section") else [])
    data = [
        structured.news_article(article, page, origin, description, card.address),
        structured.breadcrumbs([*trail, (article.title, article.get_absolute_url())], origin),
    ]
    head = Head(
        title=beginning(article.title, TITLE),
        description=description,
        address=origin.of(article.get_absolute_url()),
        newspaper=beginning(site.name),
        kind="article",
        image=share_image(card, origin),
        short_address=origin.of(article.get_short_url()),
        article=article,
        section=page.get("section"),
        tags=list(page.get("tags") or ()),
        data=structured.script(data),
    )
    return {"head": head}


@register.inclusion_tag(PARTIAL, takes_context=True)
def page_head(
    context: RequestContext, title: Any = "", description: Any = "", address: str = "", body: str = ""
) -> dict[str, Any]:
    """The head of any other page that search engines may list.

    `address` is its path, where another leads to it as well; a `body` describes itself, and where there are
    no words at all title and newspaper do. What goes on from another page has no description.
    """
    request, site = context["request"], context["site"]
    origin, page = origin_of(request, site), _flat(context)
    address = origin.of(address) if address else own_address(request)
    author = page.get("author")
    portrait = author.portrait if author else None
    head = Head(
        title=beginning(title or site.name, TITLE),
        description="" if "?" in address else beginning(description or opening(body) or _name_of(title, site)),
        address=address,
        newspaper=beginning(site.name),
        kind="profile" if author else "website",
        image=_image_of(portrait, origin) or share_image(card_of_site(site), origin),
        data=structured.script(_data(page, title, origin, address)),
    )
    return {"head": head}


def _name_of(title: Any, site: Any) -> str:
    """What a page is called and whose it is: a search engine would otherwise show any words of its menu."""
    return " - ".join(str(part) for part in (title, site.tagline or site.name) if part)


def _flat(context: RequestContext) -> dict[str, Any]:
    found: Any = context.flatten()
    return found


def _data(page: dict[str, Any], title: Any, origin: Origin, address: str) -> list[structured.Data]:
    if not title:  # the front page
        accounts = [link.url for link in page["frame"].accounts]
        return structured.front_page(origin, accounts)
    crumbs = structured.breadcrumbs([*_trail(page, []), (str(title), address)], origin)
    return [structured.profile(page["author"], origin), crumbs] if page.get("author") else [crumbs]


def _trail(page: dict[str, Any], otherwise: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pages above, from the front page down; `otherwise` where the page says nothing of them."""
    above = [(str(crumb.label), str(crumb.url)) for crumb in page.get("trail") or ()]
    return [(gettext("Front page"), reverse("front_page")), *(above or otherwise)]


def _image_of(picture: Any, origin: Origin) -> Image | None:
    has_file = picture is not None and picture.address
    return Image(origin.of(picture.address), picture.width, picture.height) if has_file else None
