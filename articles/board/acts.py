"""What editors do to the front page. Each act is one transaction, is logged, and names its actor."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.bidi import isolate
from articles.board import ordering, states
from articles.board.states import Scope
from articles.choices import Block, Status
from articles.layout import Plan, in_order, plan_page
from articles.models import Article, FrontPageBlock, FrontPageChange, FrontPageSlot
from articles.versioning import one_version

TURN = "SELECT pg_advisory_xact_lock(hashtext('articles_board'))"
TITLE = 80  # letters of a title in the log
OWN_PREFIX = "own-"


class Refused(ValidationError):
    """The act is not possible; the message says why."""


class Stale(Refused):
    """Someone changed what this act is about since its editor saw it."""


class Clash(Refused):
    """An undo would take away a newer change as well."""


class Board:
    """The front page in the hands of an editor who saw it in a certain state.

    `seen` names the versions of blocks that the editor saw, by key; a block that is another by now
    refuses the act (Stale), one that is not named does not ask. `act` is the number of the press of
    the button: the second time it comes, nothing is done and the change of the first is given back.
    Every method gives the change that it logged, None where all stays as it was.
    """

    def __init__(self, seen: Mapping[str, str] | None = None, act: uuid.UUID | None = None) -> None:
        self.seen, self.act = seen or {}, act

    # Places

    def place(
        self, article: Article, block: str, position: int, *, by: Any, pinned: bool = False
    ) -> FrontPageChange | None:
        """Put `article` at the place `position` of `block`, counted from 0; it leaves where it stands already.

        Pinned, it stays at this place whatever is put before it.
        """
        plan = _plan(block)
        if article.status != Status.PUBLISHED:
            raise Refused(_("Only what is published or scheduled can stand on the front page."))

        told = _("“%(article)s” was put in “%(block)s”.") % _named(article, plan)
        with transaction.atomic():
            _take_turn()
            held = states.standing_slots().filter(article=article, starts_at__lte=timezone.now()).first()
            slot = held or FrontPageSlot(article=article, block=block)
            scope = Scope(slots=tuple(dict.fromkeys([block, slot.block])))
            slot.is_pinned = pinned
            return self._do(scope, told, by, lambda: ordering.put(slot, block, position, plan.size))

    def move(self, slot: FrontPageSlot, block: str, position: int, *, by: Any) -> FrontPageChange | None:
        """Bring `slot` to the place `position` of `block`, its own or another; a pinned one is pinned there."""
        plan = _plan(block)
        told = _("“%(article)s” was moved in “%(block)s”.") % _named(slot.article, plan)
        scope = Scope(slots=tuple(dict.fromkeys([slot.block, block])))
        return self._do(scope, told, by, lambda: ordering.put(_fresh(slot), block, position, plan.size))

    def step(self, slot: FrontPageSlot, places: int, *, by: Any) -> FrontPageChange | None:
        """Bring `slot` one place up (-1) or down (1) in its block, past the pinned ones."""
        plan = _plan(slot.block)
        told = _("“%(article)s” was moved in “%(block)s”.") % _named(slot.article, plan)
        return self._do(Scope(slots=(slot.block,)), told, by, lambda: ordering.step(_fresh(slot), places, plan.size))

    def pin(self, slot: FrontPageSlot, *, by: Any) -> FrontPageChange | None:
        """Let `slot` keep the place that it has now."""
        plan = _plan(slot.block)
        told = _("“%(article)s” was pinned in “%(block)s”.") % _named(slot.article, plan)
        return self._do(Scope(slots=(slot.block,)), told, by, lambda: ordering.pin(_fresh(slot), plan.size))

    def unpin(self, slot: FrontPageSlot, *, by: Any) -> FrontPageChange | None:
        """Let `slot` follow the order of the others again, from the place that it has now."""
        plan = _plan(slot.block)
        told = _("“%(article)s” is no longer pinned in “%(block)s”.") % _named(slot.article, plan)
        return self._do(Scope(slots=(slot.block,)), told, by, lambda: ordering.unpin(_fresh(slot), plan.size))

    def set_times(
        self, slot: FrontPageSlot, starts_at: datetime, ends_at: datetime | None, *, by: Any
    ) -> FrontPageChange | None:
        """Let `slot` hold from `starts_at` until `ends_at`, or without an end."""
        told = _("The times of “%(article)s” in “%(block)s” were set.") % _named(slot.article, _plan(slot.block))
        if ends_at and ends_at <= starts_at:
            raise Refused(_("The end must come after the start."))

        def keep() -> None:
            fresh = _fresh(slot)
            fresh.starts_at, fresh.ends_at = starts_at, ends_at
            fresh.save()

        return self._do(Scope(slots=(slot.block,)), told, by, keep)

    def remove(self, slot: FrontPageSlot, *, by: Any) -> FrontPageChange | None:
        """Take `slot` off the board; its article may still fill a block by rule."""
        told = _("“%(article)s” was taken out of “%(block)s”.") % _named(slot.article, _plan(slot.block))
        return self._do(Scope(slots=(slot.block,)), told, by, lambda: ordering.take_out(_fresh(slot)))

    # The hot strip

    def heat(self, article: Article, until: datetime | None, *, by: Any) -> FrontPageChange | None:
        """Raise the hot flag of `article`, until a time or until it is taken down."""
        if until and until <= timezone.now():
            raise Refused(_("The end must lie in the future."))
        told = _("“%(article)s” was marked as a hot event.") % {"article": _title(article)}
        return self._do(Scope(hot=(article.pk,)), told, by, lambda: _set_heat(article, True, until))

    def cool(self, article: Article, *, by: Any) -> FrontPageChange | None:
        """Take the hot flag of `article` down."""
        told = _("“%(article)s” is no longer a hot event.") % {"article": _title(article)}
        return self._do(Scope(hot=(article.pk,)), told, by, lambda: _set_heat(article, False, None))

    # Blocks

    def shift(self, block: str, places: int, *, by: Any) -> FrontPageChange | None:
        """Bring `block` one place up (-1) or down (1) among the blocks of its column."""
        with transaction.atomic():
            _take_turn()
            plans = plan_page()
            plan = _plan(block, plans)
            column = [each for each in in_order(plans) if each.zone == plan.zone]
            place = column.index(plan)
            target = min(max(place + places, 0), len(column) - 1)
            column.insert(target, column.pop(place))
            told = _("The block “%(block)s” was moved.") % {"block": isolate(plan.name)}
            scope = Scope(settings=tuple(sorted(each.key for each in column)))
            return self._do(scope, told, by, lambda: _number_blocks(column) if target != place else None, (block,))

    def show(self, block: str, is_shown: bool, *, by: Any) -> FrontPageChange | None:
        """Show `block` on the page, or hide it with all that stands in it."""
        plan = _plan(block)

        def keep() -> None:
            row = _row_of(plan)
            row.is_shown = is_shown
            row.save()

        sentence = _("The block “%(block)s” is shown.") if is_shown else _("The block “%(block)s” is hidden.")
        return self._do(Scope(settings=(block,)), sentence % {"block": isolate(plan.name)}, by, keep)

    def set_up(self, block: str, values: Mapping[str, Any], *, by: Any) -> FrontPageChange | None:
        """Give `block` the settings `values`: columns of its row."""
        plan = _plan(block)

        def keep() -> None:
            row = _row_of(plan)
            for name, value in values.items():
                setattr(row, name, value)
            row.save()

        told = _("The block “%(block)s” was changed.") % {"block": isolate(plan.name)}
        return self._do(Scope(settings=(block,)), told, by, keep)

    def add_block(self, values: Mapping[str, Any], *, by: Any) -> FrontPageChange | None:
        """Make a block of the editors' own with the settings `values`, at the end of the main column."""
        with transaction.atomic():
            _take_turn()
            row = FrontPageBlock(**values)
            row.key, row.position = _free_key(), _next_position()
            told = _("The block “%(block)s” was made.") % {"block": isolate(row)}
            return self._do(Scope(settings=(row.key,)), told, by, row.save)

    def delete_block(self, block: str, *, by: Any) -> FrontPageChange | None:
        """Take a block of the editors' own away, with its places."""
        plan = _plan(block)
        if not plan.is_own:
            raise Refused(_("This block belongs to every front page. It can be hidden."))

        def take_away() -> None:
            states.standing_slots().filter(block=block).delete()
            FrontPageBlock.objects.filter(key=block).delete()

        told = _("The block “%(block)s” was deleted.") % {"block": isolate(plan.name)}
        return self._do(Scope(slots=(block,), settings=(block,)), told, by, take_away)

    # Taking back

    def undo(self, change: FrontPageChange, *, by: Any) -> FrontPageChange | None:
        """Take `change` back, whoever made it. Raises Clash where a newer one changed the same."""

        def take_back() -> None:
            if FrontPageChange.objects.filter(undoes=change).exists():
                raise Clash(_("This was taken back already."))
            if states.without_ended(states.write(scope)) != states.without_ended(change.after):
                raise Clash(_("This cannot be taken back: the same places were changed again since."))
            states.restore(change.before)

        scope = states.scope_of(change.after)
        told = _("Taken back: %(what)s") % {"what": change.what}
        return self._do(scope, told, by, take_back, undoes=change)

    def _do(
        self,
        scope: Scope,
        what: str,
        by: Any,
        change: Callable[[], Any],
        checked: tuple[str, ...] = (),
        undoes: FrontPageChange | None = None,
    ) -> FrontPageChange | None:
        """Do `change` alone, as far as what it is about stands as it was seen, and log it."""
        with transaction.atomic():
            _take_turn()
            done = self.act and FrontPageChange.objects.filter(act=self.act).first()
            if done:
                return done
            for key in checked or dict.fromkeys([*scope.slots, *scope.settings]):
                self._check(key, states.version_now(key))
            for article in scope.hot if not undoes else ():
                self._check(states.heat_key(article), states.heat_version_now(article))
            FrontPageSlot.objects.filter(block__in=scope.slots, ends_at__lte=timezone.now()).delete()
            before = states.write(scope)
            with one_version(Article, by=by):
                change()
            after = states.write(scope)
            if before == after:
                return None
            entry = {"what": what[:300], "before": before, "after": after, "undoes": undoes}
            return FrontPageChange.objects.create(by=by, act=self.act, **entry)

    def _check(self, key: str, now: str) -> None:
        """Raise Stale where the editor saw another version of `key` than stands there now."""
        if self.seen.get(key, now) != now:
            raise Stale(_("Someone else changed this block meanwhile. Nothing was done; this is how it stands."))


def _take_turn() -> None:
    """One act at a time: on SQLite every transaction that writes is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(TURN)


def _plan(block: str, plans: list[Plan] | None = None) -> Plan:
    plan = next((plan for plan in plans or plan_page() if plan.key == block), None)
    if plan is None:
        raise Stale(_("This block is gone by now."))
    return plan


def _fresh(slot: FrontPageSlot) -> FrontPageSlot:
    """`slot` as it stands now. Raises Stale where it does not."""
    found = states.standing_slots().filter(pk=slot.pk, block=slot.block).first()
    if found is None:
        raise Stale(_("This place is gone by now. Nothing was done; this is how the page stands."))
    return found


def _row_of(plan: Plan) -> FrontPageBlock:
    """The row of a block, a new one with what it has without."""
    row = FrontPageBlock.objects.filter(key=plan.key).first()
    category = plan.category
    return row or FrontPageBlock(
        key=plan.key, position=plan.order, size=plan.size, filling=plan.filling, category=category
    )


def _number_blocks(column: list[Plan]) -> None:
    for position, plan in enumerate(column):
        row = _row_of(plan)
        row.position = position
        row.save()


def _free_key() -> str:
    taken = set(FrontPageBlock.objects.values_list("key", flat=True))
    return next(key for number in range(1, len(taken) + 2) if (key := f"{OWN_PREFIX}{number}") not in taken)


def _next_position() -> int:
    return max((plan.order for plan in plan_page() if plan.key not in Block.values), default=-1) + 1


def _set_heat(article: Article, is_hot: bool, until: datetime | None) -> None:
    fresh = Article.objects.get(pk=article.pk)
    fresh.is_hot, fresh.hot_until = is_hot, until
    fresh.save(update_fields=["is_hot", "hot_until"])


def _named(article: Article, plan: Plan) -> dict[str, str]:
    return {"article": _title(article), "block": isolate(plan.name)}


def _title(article: Article) -> str:
    return isolate(Truncator(str(article)).chars(TITLE))
