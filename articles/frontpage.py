"""What stands on the front page. No article stands there twice; the editors' choice wins."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from articles.choices import Block, Kind
from articles.models import Article, ArticleCategory, Category, FrontPageSlot

TOP = 4
HOT = 6
LATEST = 14
SECTION = 5
OPINION = 4


@dataclass
class Section:
    """A category's block."""

    category: Category
    articles: list[Article]


@dataclass
class FrontPage:
    """The blocks in the order of the page; each is empty where there is nothing to show."""

    lead: Article | None = None
    top: list[Article] = field(default_factory=list)
    hot: list[Article] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)
    opinion: list[Article] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def compose(at: datetime | None = None) -> FrontPage:
    """The front page as it stands at `at` (now, unless told), in the active language."""
    at = at or timezone.now()
    shown: set[int] = set()
    visible = Article.objects.published(at).in_language().cards()
    newest = list(visible[: 1 + TOP + HOT + OPINION + LATEST])
    curated = _curated(at)
    placed = {article.pk for articles in curated.values() for article in articles}

    page = FrontPage()
    # Without a lead of the editors' choice, the newest that they did not put elsewhere.
    leads = [*curated[Block.LEAD], *(article for article in newest if article.pk not in placed), *newest]
    page.lead = next(iter(_take(leads, 1, shown)), None)
    page.top = _take([*curated[Block.TOP], *newest], TOP, shown)
    page.hot = _take(visible.hot(at)[: HOT + len(shown)], HOT, shown)
    page.opinion = _take(visible.filter(kind=Kind.OPINION)[: OPINION + len(shown)], OPINION, shown)
    page.latest = _take(newest, LATEST, shown)
    page.sections = [section for section in _sections(at, shown) if section.articles]
    return page


def _take(articles: object, count: int, shown: set[int]) -> list[Article]:
    """The first `count` that are not on the page yet; they are from now on."""
    taken: list[Article] = []
    for article in articles:  # type: ignore[attr-defined]
        if len(taken) < count and article.pk not in shown:
            shown.add(article.pk)
            taken.append(article)
    return taken


def _curated(at: datetime) -> dict[str, list[Article]]:
    """The editors' slots that hold at `at`: per block, the articles that may be seen."""
    slots = FrontPageSlot.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
    placed = list(slots.order_by("position", "-pk").values_list("block", "article_id"))
    keys = [key for _block, key in placed]
    visible = Article.objects.published(at).in_language().cards().in_bulk(keys) if keys else {}
    blocks: dict[str, list[Article]] = {block: [] for block in Block.values}
    for block, key in placed:
        if key in visible:
            blocks[block].append(visible[key])
    return blocks


def _sections(at: datetime, shown: set[int]) -> list[Section]:
    """The menu's categories with their newest, each read from its own index range."""
    categories = list(Category.objects.filter(in_menu=True, parent=None).order_by("position", "pk"))
    keys_of = {
        # Enough that what the blocks before it take away does not leave it short.
        category.pk: _newest_keys(category, at, SECTION * number + len(shown))
        for number, category in enumerate(categories, start=1)
    }
    wanted = {key for keys in keys_of.values() for key in keys} - shown
    visible = Article.objects.published(at).in_language().cards().in_bulk(wanted)
    return [
        Section(category, _take([visible[key] for key in keys_of[category.pk] if key in visible], SECTION, shown))
        for category in categories
    ]


def _newest_keys(category: Category, at: datetime, count: int) -> list[int]:
    rows = ArticleCategory.objects.live(at).in_language().filter(category=category)
    return list(rows.values_list("article_id", flat=True)[:count])
