"""The links that frame every page: those beside the menu, those at the foot, and accounts elsewhere."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import get_language

from newsroom.choices import MenuPlace, Network, PageKind
from newsroom.models import MenuLink, Page, SocialAccount

PAGES, ACCOUNTS = "pages", "accounts"
COLUMNS = ("part", "words", "target", "of_kind", "order", "row")


@dataclass(frozen=True)
class Link:
    """A link of the frame: what it says and where it leads."""

    label: str
    url: str


@dataclass
class Frame:
    """All of them, each list in its order."""

    menu: list[Link] = field(default_factory=list)
    foot: list[Link] = field(default_factory=list)
    accounts: list[Link] = field(default_factory=list)


def load() -> Frame:
    """The frame of a page in the active language, in one query."""
    parts: dict[str, list[Link]] = defaultdict(list)
    rows = _links().union(_pages(), _accounts(), all=True)
    for part, words, target, kind, _order, _row in sorted(rows, key=lambda row: row[4:]):
        parts[part].append(_link(part, words, target, kind))
    named = {link.url for link in parts[MenuPlace.FOOT]}
    pages = [link for link in parts[PAGES] if link.url not in named]
    return Frame(parts[MenuPlace.MENU], pages + parts[MenuPlace.FOOT], parts[ACCOUNTS])


def _link(part: str, words: str, target: str, kind: str) -> Link:
    if part == ACCOUNTS:
        return Link(str(Network(words).label), target)
    if kind == PageKind.IMPRINT:
        return Link(words, reverse("imprint"))
    return Link(words, reverse("page_detail", args=[target]) if kind else target)


def _links() -> QuerySet:
    """Links made by hand; one to a page that readers cannot see is left out. Without a kind it names an address."""
    label = f"label_{get_language()}"
    links: Any = MenuLink.objects.filter(Q(page=None) | Q(page__in=Page.objects.published().values("pk")))
    return _columns(
        links.rewrite(False),
        part=F("place"),
        words=Coalesce(NullIf(label, Value("")), f"label_{settings.LANGUAGE_CODE}"),
        target=Coalesce("page__slug", "address"),
        of_kind=Coalesce("page__kind", Value("")),
    )


def _pages() -> QuerySet:
    return _columns(
        Page.objects.published().filter(in_foot=True).rewrite(False),
        part=Value(PAGES),
        words=F(f"title_{get_language()}"),
        target=F("slug"),
        of_kind=F("kind"),
    )


def _accounts() -> QuerySet:
    rows = SocialAccount.objects.all()
    return _columns(rows, part=Value(ACCOUNTS), words=F("network"), target=F("address"), of_kind=Value(""))


def _columns(rows: QuerySet, **texts: Any) -> QuerySet:
    """The texts as columns of one type and in one order, so that rows of three tables make one result.

    modeltranslation would put them in an order of its own; hence `rewrite(False)` above.
    """
    columns = {name: Cast(text, CharField(max_length=500)) for name, text in texts.items()}
    return rows.annotate(**columns, order=F("position"), row=F("pk")).values_list(*COLUMNS)
