"""What the migrations fill in for rows that are there already is what a save gives new ones."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from articles.models import Author, Category, Picture, Tag
from tests.factories import make_author, make_category, make_picture, make_tag

pytestmark = pytest.mark.django_db


def make_everything() -> None:
    make_category("جهة الدار البيضاء", name_fr="Région de Casablanca")
    make_tag("السكك الحديدية", label_fr="Rail")
    make_tag("++")
    make_author("سميرة المريني", role="مراسلة", role_en="Reporter")
    make_picture(alt="قطار", alt_en="A train", caption_fr="À la gare")


@pytest.mark.parametrize("model", [Category, Tag, Author, Picture])
def test_rows_that_are_there_get_what_a_save_gives(model: Any) -> None:
    make_everything()
    Picture.objects.update(original_name="")  # a column that came later
    columns = sorted(model.objects.first().refold() - {"name", "folded"})
    expected = list(model._base_manager.order_by("pk").values_list(*columns))
    model._base_manager.update(**dict.fromkeys(columns, ""))

    for migration in ("0006_fill_folded_names", "0009_tag_opening"):
        import_module(f"articles.migrations.{migration}").fill(apps, connection.schema_editor())

    assert list(model._base_manager.order_by("pk").values_list(*columns)) == expected
    assert any(value for row in expected for value in row)
