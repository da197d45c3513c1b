"""Editors at the board at the same moment: of two who saw the same block, one acts and the other is told."""

import uuid
from functools import partial

import pytest

from articles.board import Board, Stale
from articles.board.states import version_now
from articles.choices import Block
from articles.models import FrontPageChange, FrontPageSlot
from tests.at_once import at_once
from tests.factories import make_article, make_slot, make_user

TOP = Block.TOP.value


@pytest.mark.usefixtures("in_a_file")
def test_of_two_who_saw_the_same_block_one_acts() -> None:
    editors = [make_user("editor") for _ in range(2)]
    make_slot(make_article(), block=TOP)
    articles = [make_article() for _ in range(2)]

    for _ in range(5):
        seen = {TOP: version_now(TOP)}
        changes = FrontPageChange.objects.count()

        results = at_once(
            *(
                partial(Board(seen).place, article, TOP, 0, by=editor)
                for editor, article in zip(editors, articles, strict=True)
            )
        )

        assert sum(isinstance(result, Stale) for result in results) == 1, results
        assert FrontPageChange.objects.count() == changes + 1
        FrontPageSlot.objects.filter(article__in=articles).delete()


@pytest.mark.usefixtures("in_a_file")
def test_a_press_that_arrives_twice_at_once_is_one_act() -> None:
    editor, slot = make_user("editor"), make_slot(make_article(), block=TOP)
    make_slot(make_article(), block=TOP, position=1)
    board = Board({TOP: version_now(TOP)}, uuid.uuid4())

    results = at_once(*[lambda: board.step(slot, 1, by=editor)] * 3)

    assert len({result.pk for result in results}) == 1, results
    assert FrontPageChange.objects.count() == 1
