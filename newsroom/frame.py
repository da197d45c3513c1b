"""The links that frame every page: those beside the menu, those at the foot, and accounts elsewhere."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import get_language

from newsroom.choices import MenuPlace, Network, PageKind
from newsroom.models import MenuLink, Page, SocialAccount

PAGES, ACCOUNTS = "pages", "accounts"


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
    for part, words, target, _order, _key, kind in sorted(rows, key=lambda row: (row[3], row[4])):
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
    unseen = MenuLink.objects.filter(page__isnull=False).exclude(page__in=Page.objects.published().values("pk"))
    return MenuLink.objects.exclude(pk__in=unseen.values("pk")).values_list(
        F("place"),
        Coalesce(NullIf(label, Value("")), f"label_{settings.LANGUAGE_CODE}", output_field=CharField()),
        Coalesce("page__slug", "address", output_field=CharField()),
        F("position"),
        F("pk"),
        Coalesce("page__kind", Value(""), output_field=CharField()),
    )


def _pages() -> QuerySet:
    return (
        Page.objects.published()
        .filter(in_foot=True)
        .values_list(
            Value(PAGES, output_field=CharField()),
            F(f"title_{get_language()}"),
            F("slug"),
            F("position"),
            F("pk"),
            F("kind"),
        )
    )


def _accounts() -> QuerySet:
    return SocialAccount.objects.values_list(
        Value(ACCOUNTS, output_field=CharField()),
        F("network"),
        Cast("address", CharField()),
        F("position"),
        F("pk"),
        Value("", output_field=CharField()),
    )
