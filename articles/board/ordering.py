"""How the slots of a block follow one another.

A pinned slot's `position` is its place in the block, counted from 0. The positions of the others are
their order among themselves: they take the places that pinned ones leave.
"""

from django.utils import timezone

from articles.board.states import standing_slots
from articles.choices import Status
from articles.frontpage import arrange
from articles.models import FrontPageSlot


def put(slot: FrontPageSlot, block: str, place: int, size: int) -> None:
    """Bring `slot`, stored or new, to `place` of `block`; one that is pinned there gives way."""
    place = min(max(place, 0), size - 1)
    former = slot.block if slot.pk else None
    others = [each for each in _slots(block) if each.pk != slot.pk]
    slot.block = block
    if slot.is_pinned:
        _free_pin(others, place)
        slot.position = place
        slot.save()
        _number([each for each in others if not each.is_pinned])
    else:
        rank = sum(number < place for number, each in _shown(others, size).items() if not each.is_pinned)
        _insert(slot, others, rank)
    if former and former != block:
        _number([each for each in _slots(former) if not each.is_pinned])


def step(slot: FrontPageSlot, places: int, size: int) -> None:
    """Bring `slot` past its neighbour above (-1) or below (1)."""
    slots = _slots(slot.block)
    others = [each for each in slots if each.pk != slot.pk]
    if slot.is_pinned:
        put(slot, slot.block, min(slot.position, size - 1) + places, size)
        return
    loose = [each for each in slots if not each.is_pinned]
    if shows_now(slot):
        loose = [each for each in loose if shows_now(each)]
    rank = [each.pk for each in loose].index(slot.pk) + places
    _insert(slot, others, min(max(rank, 0), len(loose) - 1), only_shown=shows_now(slot))


def pin(slot: FrontPageSlot, size: int) -> None:
    """Pin `slot` at the place that it has, or would have."""
    slots = _slots(slot.block)
    shown = _shown(slots, size)
    place = next((number for number, each in shown.items() if each.pk == slot.pk), min(len(shown), size - 1))
    slot.is_pinned = True
    put(slot, slot.block, place, size)


def unpin(slot: FrontPageSlot, size: int) -> None:
    """Let `slot` follow the order again, from where it is."""
    slot.is_pinned = False
    put(slot, slot.block, slot.position, size)


def take_out(slot: FrontPageSlot) -> None:
    """Delete `slot`; the others close up."""
    block = slot.block
    slot.delete()
    _number([each for each in _slots(block) if not each.is_pinned])


def shows_now(slot: FrontPageSlot) -> bool:
    """Whether its time has come, and its article's."""
    now, article = timezone.now(), slot.article
    is_live = article.status == Status.PUBLISHED and article.published_at and article.published_at <= now
    return bool(is_live and slot.starts_at <= now)


def _slots(block: str) -> list[FrontPageSlot]:
    return list(standing_slots().filter(block=block).select_related("article"))


def _shown(slots: list[FrontPageSlot], size: int) -> dict[int, FrontPageSlot]:
    return arrange([slot for slot in slots if shows_now(slot)], size)


def _free_pin(others: list[FrontPageSlot], place: int) -> None:
    """Whatever is pinned at `place` follows the others from now on, before all of them."""
    for each in [each for each in others if each.is_pinned and each.position == place]:
        each.is_pinned = False
        each.save()
        others.remove(each)
        others.insert(0, each)


def _insert(slot: FrontPageSlot, others: list[FrontPageSlot], rank: int, only_shown: bool = True) -> None:
    """Let `slot` be the `rank`-th, from 0, of the loose slots that show; those that wait keep their neighbours."""
    loose = [each for each in others if not each.is_pinned]
    counted = [each for each in loose if shows_now(each) or not only_shown]
    before = counted[: max(rank, 0)]
    index = loose.index(before[-1]) + 1 if before else 0
    loose.insert(index, slot)
    slot.save()
    _number(loose)


def _number(loose: list[FrontPageSlot]) -> None:
    """Store the order of the slots that are not pinned."""
    moved = [(number, each) for number, each in enumerate(loose) if each.position != number]
    for number, each in moved:
        each.position = number
    if moved:
        FrontPageSlot.objects.bulk_update([each for _number, each in moved], ["position"])
