"""The pages that a newspaper starts with."""

import re
import tomllib
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from articles.html import clean_html
from newsroom.choices import PageKind
from newsroom.management.commands.create_first_pages import DATA
from newsroom.models import Page
from tests.factories import make_page

pytestmark = pytest.mark.django_db

KINDS = ["about", "contact", "privacy", "terms", "imprint"]


def create() -> str:
    out = StringIO()
    call_command("create_first_pages", stdout=out)
    return out.getvalue()


def test_there_is_one_of_each_kind_in_every_language(client: Client) -> None:
    create()

    assert list(Page.objects.order_by("position").values_list("kind", flat=True)) == KINDS
    for page in Page.objects.all():
        assert page.languages() == ["ar", "fr", "en"]
        assert [client.get(f"{prefix}/page/{page.slug}/").status_code for prefix in ("", "/fr", "/en")] == [200] * 3


def test_a_second_run_changes_nothing() -> None:
    create()
    Page.objects.filter(kind="about").update(title_ar="عن جريدتنا")

    told = create()

    assert "0 created" in told
    assert Page.objects.get(kind="about").title_ar == "عن جريدتنا"
    assert Page.objects.count() == len(KINDS)


def test_a_page_of_the_newsrooms_own_stays_the_one_of_its_kind() -> None:
    own = make_page("راسلونا", kind=PageKind.CONTACT)

    create()

    assert Page.objects.get(kind=PageKind.CONTACT) == own
    assert Page.objects.count() == len(KINDS)


def test_the_texts_are_what_the_editor_can_make_and_name_the_laws() -> None:
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["page"]
    bodies = {(row["kind"], code): row[code]["body"] for row in rows for code in ("ar", "fr", "en")}

    assert [key for key, body in bodies.items() if clean_html(body).replace(' rel="noopener"', "") != body] == []
    assert all("09-08" in bodies["privacy", code] for code in ("ar", "fr", "en"))
    assert all("88-13" in bodies["imprint", code] for code in ("ar", "fr", "en"))
    # What only the newsroom knows is left for it to write.
    assert all(re.search(r"\[[^\]]+\]", body) for body in bodies.values())
