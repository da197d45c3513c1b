"""Which blocks the front page has, in which order, how long, and what fills them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists

from articles.choices import Block, Filling
from articles.models import Category, FrontPageBlock

TOP = 4
HOT = 6
LATEST = 14
SECTION = 5
OPINION = 4
SECTION_PREFIX = "section-"

OPENING, SIDE, MAIN = "opening", "side", "main"
# The order in which blocks take their articles, and in which the board shows them.
STANDARD = (
    (Block.LEAD, OPENING, 1, Filling.NEWEST),
    (Block.TOP, OPENING, TOP, Filling.NEWEST),
    (Block.HOT, OPENING, HOT, Filling.HOT),
    (Block.OPINION, SIDE, OPINION, Filling.OPINION),
    (Block.LATEST, SIDE, LATEST, Filling.NEWEST),
)
# On the page the latest stand above the opinions, though opinions choose first.
SHOWN_FIRST = {Block.LATEST: 0, Block.OPINION: 1}


@dataclass(frozen=True)
class Plan:
    """One block: what the code says of it, and what its row says otherwise."""

    key: str
    zone: str
    size: int
    filling: str
    order: int
    category: Category | None = None
    row: FrontPageBlock | None = None

    @property
    def name(self) -> Any:
        """What the block is called: the editors' name, its category's, or its own."""
        if self.is_own and self.row and self.row.name:
            return self.row.name
        if self.is_section:
            return str(self.category)
        return dict(Block.choices).get(self.key, self.key)

    @property
    def is_shown(self) -> bool:
        return self.row is None or self.row.is_shown

    @property
    def is_section(self) -> bool:
        """Whether a category of the menu brought it here."""
        return self.key.startswith(SECTION_PREFIX)

    @property
    def is_own(self) -> bool:
        """Whether the editors made it."""
        return self.zone == MAIN and not self.is_section


def plan_page() -> list[Plan]:
    """Every block, hidden ones too, in the order in which they take their articles."""
    categories = list(
        Category.objects.filter(in_menu=True, parent=None)
        # Few newspapers change a block: this spares their every page the question what was changed.
        .annotate(has_blocks=Exists(FrontPageBlock.objects.all()))
        .order_by("position", "pk")
    )
    is_plain = bool(categories) and not categories[0].has_blocks
    rows = {} if is_plain else {row.key: row for row in FrontPageBlock.objects.select_related("category")}
    return _standard(rows) + _main(categories, rows)


def in_order(plans: list[Plan]) -> list[Plan]:
    """`plans` as the eye meets them: those of a zone in their order."""
    zones = (OPENING, MAIN, SIDE)
    return sorted(plans, key=lambda plan: (zones.index(plan.zone), plan.order))


def section_key(category: Category) -> str:
    """The key of the block that a category of the menu has."""
    return f"{SECTION_PREFIX}{category.pk}"


def _standard(rows: dict[str, FrontPageBlock]) -> list[Plan]:
    plans = [
        Plan(str(key.value), zone, size, filling, SHOWN_FIRST.get(key, 0)) for key, zone, size, filling in STANDARD
    ]
    return [_follow(plan, rows.get(plan.key)) for plan in plans]


def _main(categories: Sequence[Category], rows: dict[str, FrontPageBlock]) -> list[Plan]:
    """Sections of the menu and blocks of the editors' own, as they follow one another."""
    sections = [
        Plan(section_key(category), MAIN, SECTION, Filling.CATEGORY, order, category)
        for order, category in enumerate(categories)
    ]
    standing = {Block(key) for key in Block.values}
    own = [
        Plan(key, MAIN, row.size, row.filling, row.position)
        for key, row in rows.items()
        if key not in standing and not key.startswith(SECTION_PREFIX)
    ]
    plans = [_follow(plan, rows.get(plan.key)) for plan in [*sections, *own]]
    return sorted(plans, key=lambda plan: (plan.order, plan.row.pk if plan.row else 0))


def _follow(plan: Plan, row: FrontPageBlock | None) -> Plan:
    """`plan` as its row changes it; the lead has one place whatever the row says."""
    if row is None:
        return plan
    size = 1 if plan.key == Block.LEAD else row.size
    category = row.category if row.filling == Filling.CATEGORY else plan.category
    return replace(plan, size=size, filling=row.filling, order=row.position, category=category, row=row)
