"""What stands on many pages tells them of every change, changes of many at once included."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.models import Author, Category, Correction, FrontPageSlot, Tag
from newsroom.models import PageGeneration
from tests.factories import make_article, make_author, make_category, make_tag

pytestmark = pytest.mark.django_db

SHOWN: dict[Any, Callable[[], Any]] = {
    Category: make_category,
    Tag: make_tag,
    Author: make_author,
    FrontPageSlot: lambda: FrontPageSlot.objects.create(article=make_article()),
    Correction: lambda: Correction.objects.create(article=make_article(), note="تصحيح"),
}
CHANGES = {
    "save": lambda row: row.save(),
    "delete": lambda row: row.delete(),
    "update": lambda row: type(row).objects.filter(pk=row.pk).update(id=row.pk),
    "delete at once": lambda row: type(row).objects.filter(pk=row.pk).delete(),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("model", SHOWN)
def test_every_change_moves_the_generation_of_the_site(model: Any, change: str) -> None:
    row = SHOWN[model]()
    before = PageGeneration.objects.get(key="site").value

    CHANGES[change](row)

    assert PageGeneration.objects.get(key="site").value != before
