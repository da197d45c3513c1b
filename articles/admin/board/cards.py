"""What the board shows: blocks with their places, and what waits for one. A constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.admin.board.forms import HeatForm, TimesForm
from articles.bidi import isolate
from articles.board import states
from articles.board.states import heat_key, heat_version
from articles.choices import Block, Filling, Status
from articles.frontpage import Filled, FrontPage, compose
from articles.layout import OPENING, Plan, in_order
from articles.models import Article, FrontPageChange, FrontPageSlot
from articles.models.article import LANGUAGE_CODES

LOG_SIZE = 20
NO_TEXTS = [
    f"{prefix}{name}_{code}" for prefix in ("article__",) for name in ("body", "summary") for code in LANGUAGE_CODES
]


@dataclass
class Card:
    """An article on the board: at a place of a block, or waiting for one."""

    article: Article
    number: int | None = None
    """The place, counted from 0; None for one that waits."""
    slot: FrontPageSlot | None = None
    why: str = ""
    """Why it waits."""
    times: TimesForm | None = None
    heat: HeatForm | None = None
    can_go_up: bool = False
    can_go_down: bool = False
    is_open: bool = False

    @property
    def heat_seen(self) -> str:
        """What a form of its hot flag sends, so that a flag that changed meanwhile refuses it."""
        return f"{heat_key(self.article.pk)}:{heat_version(self.article)}"


@dataclass
class BoardBlock:
    """A block as the board shows it."""

    plan: Plan
    version: str
    places: list[Card] = field(default_factory=list)
    waiting: list[Card] = field(default_factory=list)
    can_go_up: bool = False
    can_go_down: bool = False

    @property
    def seen(self) -> str:
        """What a form of this block sends, so that a block that changed meanwhile refuses it."""
        return f"{self.plan.key}:{self.version}"

    @property
    def rule(self) -> str:
        """What fills the places that are left."""
        if self.plan.filling == Filling.CATEGORY and self.plan.category:
            return _("the newest of “%(category)s”") % {"category": isolate(self.plan.category)}
        return str(Filling(self.plan.filling).label)

    @property
    def is_hot_strip(self) -> bool:
        return self.plan.key == Block.HOT


@dataclass
class Sight:
    """The whole board at one moment."""

    at: datetime
    blocks: list[BoardBlock]
    standing: dict[int, str]
    """Where each article stands: the name of the block and the place."""


def look(open_form: Any = None) -> Sight:
    """The board as it stands now, in the active language. `open_form` is one that was sent with a mistake."""
    now = timezone.now()
    page = compose(now)
    slots = _standing_slots()
    standing = _where(page)
    blocks = [_block(filled, slots[filled.plan.key], standing, now) for filled in _in_order(page)]
    _mark_movable(blocks)
    if open_form is not None:
        _put_back(blocks, open_form)
    return Sight(now, blocks, standing)


def log() -> list[FrontPageChange]:
    """The last acts, the newest first, each with the act that took it back."""
    changes = FrontPageChange.objects.select_related("by", "undone_by")
    return list(changes.defer("before", "after").order_by("-at", "-pk")[:LOG_SIZE])


def _in_order(page: FrontPage) -> list[Filled]:
    by_key = {filled.plan.key: filled for filled in page.blocks}
    return [by_key[plan.key] for plan in in_order([filled.plan for filled in page.blocks])]


def _standing_slots() -> dict[str, list[FrontPageSlot]]:
    found: defaultdict[str, list[FrontPageSlot]] = defaultdict(list)
    for slot in states.standing_slots().select_related("article").defer(*NO_TEXTS):
        found[slot.block].append(slot)
    return found


def _where(page: FrontPage) -> dict[int, str]:
    return {
        place.article.pk: _("“%(block)s”, place %(number)s") % {"block": isolate(filled.plan.name), "number": number}
        for filled in page.blocks
        for number, place in enumerate(filled.places, start=1)
    }


def _block(filled: Filled, slots: list[FrontPageSlot], standing: dict[int, str], now: datetime) -> BoardBlock:
    block = BoardBlock(filled.plan, states.version(slots, filled.plan.row))
    for number, place in enumerate(filled.places):
        card = Card(place.article, number, place.slot)
        if place.slot:
            card.times = TimesForm(place.slot)
        if place.slot or block.is_hot_strip:
            card.heat = HeatForm(place.article)
        block.places.append(card)
    placed = {place.slot.pk for place in filled.places if place.slot}
    block.waiting = [
        Card(slot.article, None, slot, _why(slot, filled.plan, standing, now), TimesForm(slot))
        for slot in slots
        if slot.pk not in placed
    ]
    _mark_steps(block)
    return block


def _why(slot: FrontPageSlot, plan: Plan, standing: dict[int, str], now: datetime) -> str:
    """Why a slot that has not ended is not on the page."""
    article = slot.article
    if article.status != Status.PUBLISHED:
        return _("This article is “%(status)s”.") % {"status": article.get_status_display()}
    since = max(slot.starts_at, article.published_at or slot.starts_at)
    if since > now:
        return _("From %(time)s on") % {"time": date_format(timezone.localtime(since), "DATETIME_FORMAT")}
    if not getattr(article, f"title_{get_language()}"):
        return _("Not written in this language.")
    if article.pk in standing:
        return _("It stands already: %(place)s.") % {"place": standing[article.pk]}
    if not plan.is_shown:
        return _("The block is hidden.")
    return _("No place is left: it dropped off the end of the block.")


def _mark_steps(block: BoardBlock) -> None:
    loose = [card for card in block.places if card.slot and not card.slot.is_pinned]
    for card in block.places:
        if card.slot and card.slot.is_pinned:
            card.can_go_up = card.slot.position > 0
            card.can_go_down = card.slot.position < block.plan.size - 1
        elif card.slot:
            card.can_go_up, card.can_go_down = card is not loose[0], card is not loose[-1]


def _mark_movable(blocks: list[BoardBlock]) -> None:
    """Blocks move within their column; those above it have their place."""
    for block in blocks:
        column = [each for each in blocks if each.plan.zone == block.plan.zone != OPENING]
        block.can_go_up = bool(column) and column[0] is not block
        block.can_go_down = bool(column) and column[-1] is not block


def _put_back(blocks: list[BoardBlock], form: Any) -> None:
    """Show `form`, with its errors and what was typed, in the place of the one that was sent."""
    for card in (card for block in blocks for card in (*block.places, *block.waiting)):
        if isinstance(form, TimesForm) and card.slot and card.slot.pk == form.slot.pk:
            card.times, card.is_open = form, True
        if isinstance(form, HeatForm) and card.heat and card.article.pk == form.article.pk:
            card.heat, card.is_open = form, True
