"""What stands on the front page. No article stands there twice; the editors' choice wins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from articles.choices import Block, Filling, Kind, Status
from articles.layout import HOT, LATEST, MAIN, OPINION, SECTION, SIDE, TOP, Plan, in_order, plan_page, section_key
from articles.models import Article, ArticleCategory, Author, Byline, Category, FrontPageSlot

__all__ = ["HOT", "LATEST", "OPINION", "SECTION", "TOP", "Filled", "FrontPage", "Place", "Section", "compose"]

BREAKING = timedelta(hours=3)


@dataclass
class Place:
    """An article in a block, and the slot that put it there; none where the block filled itself."""

    article: Article
    slot: FrontPageSlot | None = None


@dataclass
class Filled:
    """A block and the places that are taken in it."""

    plan: Plan
    places: list[Place] = field(default_factory=list)

    @property
    def articles(self) -> list[Article]:
        return [place.article for place in self.places]


@dataclass
class Section:
    """A block of the main column: a category's, or one of the editors' own."""

    category: Category | None
    articles: list[Article]
    key: str = ""
    name: str = ""

    @property
    def is_of_menu(self) -> bool:
        """Whether it is the block of a category of the menu."""
        return self.category is not None and self.key == section_key(self.category)


@dataclass
class FrontPage:
    """The blocks in the order of the page; each is empty where there is nothing to show."""

    lead: Article | None = None
    top: list[Article] = field(default_factory=list)
    hot: list[Article] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)
    opinion: list[Article] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    side: list[str] = field(default_factory=lambda: [Block.LATEST.value, Block.OPINION.value])
    """The keys of the blocks in the side column, in their order."""
    blocks: list[Filled] = field(default_factory=list, compare=False)
    """Every block, hidden ones too, for the board."""

    at: datetime | None = field(default=None, compare=False)

    @property
    def has_articles(self) -> bool:
        return any(block.places for block in self.blocks)

    @cached_property
    def breaking(self) -> Article | None:
        """The newest of the hot events, wherever it stands above the sections, for as long as it is breaking news."""
        above: list[Any] = [*([self.lead] if self.lead else []), *self.top, *self.hot]
        hot = [article for article in above if article.is_hot_at(self.at)] if self.at else []
        newest = max(hot, key=lambda article: (article.published_at, article.pk), default=None)
        return newest if newest and self.at and newest.published_at > self.at - BREAKING else None


def compose(at: datetime | None = None) -> FrontPage:
    """The front page as it stands at `at` (now, unless told), in the active language."""
    at = at or timezone.now()
    plans = plan_page()
    shown = [plan for plan in plans if plan.is_shown]
    supply = _Supply(at, shown, _standing(at, shown))
    taken = _take_places(shown, supply)
    supply.load(key for places in taken.values() for key, _slot in places)
    blocks = [
        Filled(plan, [Place(supply.cards[key], slot) for key, slot in taken.get(plan.key, []) if key in supply.cards])
        for plan in plans
    ]
    page = _lay_out(blocks)
    page.at = at
    _add_writers(page.opinion)
    return page


def arrange(slots: Iterable[FrontPageSlot], size: int) -> dict[int, FrontPageSlot]:
    """Which slot has which place, counted from 0, of a block that has `size`.

    One that is pinned at a place has it, whatever else was put there. The others follow one another
    in their order through the places that are left; those for which none is left drop off the end.
    """
    places: dict[int, FrontPageSlot] = {}
    loose = []
    for slot in slots:
        pinned_at = min(slot.position, size - 1)
        if slot.is_pinned and pinned_at not in places:
            places[pinned_at] = slot
        else:
            loose.append(slot)
    free = (number for number in range(size) if number not in places)
    return places | dict(zip(list(free), loose, strict=False))


def _standing(at: datetime, plans: list[Plan]) -> dict[str, list[FrontPageSlot]]:
    """The editors' slots that hold at `at`, block by block in their order, of articles that may be seen."""
    # Asked of each slot's own article: a list of all that readers may see would be as long as the archive.
    seen = Q(article__status=Status.PUBLISHED, article__published_at__lte=at)
    written = Q(**{f"article__title_{get_language()}__isnull": False})
    slots = FrontPageSlot.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), seen, written, starts_at__lte=at)
    standing: dict[str, list[FrontPageSlot]] = {plan.key: [] for plan in plans}
    for slot in slots.order_by("position", "-pk"):
        if slot.block in standing:
            standing[slot.block].append(slot)
    return standing


Taken = dict[str, list[tuple[int, FrontPageSlot | None]]]


class _Supply:
    """What blocks fill themselves with: keys in their order, and the cards that were read on the way."""

    def __init__(self, at: datetime, plans: list[Plan], standing: dict[str, list[FrontPageSlot]]) -> None:
        self.at, self.standing = at, standing
        self.curated = {slot.article_id for slots in standing.values() for slot in slots}
        self.visible = Article.objects.published(at).in_language().cards()
        self.cards: dict[int, Article] = {}
        needed = self._needed(plans)
        self._keys: dict[tuple[str, int | None], list[int]] = {
            source: self._read(source[0], count) for source, count in needed.items() if source[0] != Filling.CATEGORY
        }
        wanted = {key: count for (rule, key), count in needed.items() if rule == Filling.CATEGORY and key}
        self._keys |= {(Filling.CATEGORY, key): keys for key, keys in newest_of(wanted, at).items()}

    def of(self, plan: Plan) -> list[int]:
        """The keys that fill `plan`, the first first."""
        return self._keys.get(_source(plan), [])

    def load(self, keys: Iterable[int]) -> None:
        """Read the cards of `keys` that were not read yet."""
        missing = set(keys) - self.cards.keys()
        self.cards |= self.visible.in_bulk(missing) if missing else {}

    def _needed(self, plans: list[Plan]) -> dict[tuple[str, int | None], int]:
        """How many of each kind: enough that what the blocks before take away leaves no block short."""
        needed: dict[tuple[str, int | None], int] = {}
        places = len(self.curated)
        for plan in plans:
            places += plan.size
            if plan.filling != Filling.NOTHING:
                needed[_source(plan)] = places
        return needed

    def _read(self, rule: str, count: int) -> list[int]:
        articles = self.visible
        if rule == Filling.HOT:
            articles = articles.hot(self.at)
        elif rule == Filling.OPINION:
            articles = articles.filter(kind=Kind.OPINION)
        found = list(articles[:count])
        self.cards |= {article.pk: article for article in found}
        return [article.pk for article in found]


def _source(plan: Plan) -> tuple[str, int | None]:
    category = plan.category if plan.filling == Filling.CATEGORY else None
    return plan.filling, category.pk if category else None


def _take_places(plans: list[Plan], supply: _Supply) -> Taken:
    """What stands where: first the editors' choices, then what fills the places that are left."""
    chosen: dict[str, dict[int, FrontPageSlot]] = {}
    used: set[int] = set()
    lead = _lead_without_choice(plans, supply)
    if lead:
        used.add(lead)
    for plan in plans:
        # An article twice among the choices stands in the first block alone.
        own = {slot.article_id: slot for slot in reversed(supply.standing[plan.key]) if slot.article_id not in used}
        slots = [slot for slot in supply.standing[plan.key] if own.get(slot.article_id) is slot]
        chosen[plan.key] = arrange(slots, plan.size)
        used |= {slot.article_id for slot in chosen[plan.key].values()}
    taken: Taken = {Block.LEAD.value: [(lead, None)]} if lead else {}
    for plan in plans:
        if plan.key not in taken:
            taken[plan.key] = list(_fill(plan, chosen[plan.key], supply, used))
    return taken


def _lead_without_choice(plans: list[Plan], supply: _Supply) -> int | None:
    """What leads where no editor chose: the first that they put nowhere else, or the first at all."""
    plan = next((plan for plan in plans if plan.key == Block.LEAD), None)
    if plan is None or supply.standing[plan.key]:
        return None
    candidates = supply.of(plan)
    return next((key for key in candidates if key not in supply.curated), next(iter(candidates), None))


def _fill(
    plan: Plan, chosen: dict[int, FrontPageSlot], supply: _Supply, used: set[int]
) -> Iterator[tuple[int, FrontPageSlot | None]]:
    """The places of a block from the first to the last; what fills it is on the page from now on."""
    rest = iter(supply.of(plan))
    for number in range(plan.size):
        if number in chosen:
            yield chosen[number].article_id, chosen[number]
            continue
        key = next((key for key in rest if key not in used), None)
        if key is not None:
            used.add(key)
            yield key, None


def newest_of(counts: dict[int, int], at: datetime) -> dict[int, list[int]]:
    """The keys of the newest articles of each category, as many as `counts` says, by one statement.

    Each part of it reads one range of the index behind the category's own page.
    """
    if not counts:
        return {}
    rows = ArticleCategory.objects.live(at).in_language()
    parts: list[str] = []
    parameters: list[Any] = []
    for number, (category, count) in enumerate(counts.items()):
        part = rows.filter(category=category).values_list("category_id", "published_at", "article_id")[:count]
        sql, values = part.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS part_{number}")  # noqa: S608 (made by the ORM)
        parameters += values
    found: defaultdict[int, list[tuple[Any, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for category, published_at, article in cursor.fetchall():
            found[category].append((published_at, article))
    return {category: [key for _at, key in sorted(keys, reverse=True)] for category, keys in found.items()}


def _add_writers(articles: list[Article]) -> None:
    """Give each article its `writers` with their portraits, in one query for all."""
    writers: defaultdict[int, list[Author]] = defaultdict(list)
    if articles:
        bylines = Byline.objects.filter(article__in=articles).select_related("author__portrait")
        for byline in bylines.order_by("position", "pk"):
            writers[byline.article_id].append(byline.author)
    for article in articles:
        article.writers = writers[article.pk]  # type: ignore[attr-defined]


def _lay_out(blocks: list[Filled]) -> FrontPage:
    """The blocks where the page has them; what is hidden or empty is left out."""
    page = FrontPage(blocks=blocks)
    by_key = {block.plan.key: block.articles for block in blocks}
    page.lead = next(iter(by_key[Block.LEAD]), None)
    page.top, page.hot = by_key[Block.TOP], by_key[Block.HOT]
    page.latest, page.opinion = by_key[Block.LATEST], by_key[Block.OPINION]
    page.side = [plan.key for plan in in_order([block.plan for block in blocks]) if plan.zone == SIDE]
    page.sections = [
        Section(block.plan.category, block.articles, block.plan.key, str(block.plan.name))
        for block in blocks
        if block.plan.zone == MAIN and block.places
    ]
    return page
