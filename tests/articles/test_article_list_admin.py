"""The desk's list of articles: tabs and their counts, rows, and pages at a bounded cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import listing
from articles.admin.listing import BoundedPaginator
from articles.choices import Status
from articles.models import Article
from tests.admin_forms import parse
from tests.factories import make_article, make_category, make_picture, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def shown(desk: Client, query: str = "") -> set[int]:
    """The keys of the articles that the list shows."""
    fields = parse(desk.get(f"{LIST}?{query}")).iter("input")
    return {int(field.get("value", "")) for field in fields if field.get("name") == "_selected_action"}


def counts(desk: Client) -> dict[str, str]:
    """What the tabs say, by the tab's name."""
    tabs = parse(desk.get(LIST)).iterfind(".//nav[@class='listing-tabs']/a")
    found = {}
    for tab in tabs:
        count = tab.find("span")
        found[tab.get("href", "").removeprefix("?desk=")] = words(count) if count is not None else ""
    return found


def row(desk: Client, article: Article) -> str:
    rows = parse(desk.get(LIST)).iterfind(".//table[@id='result_list']/tbody/tr")
    (found,) = [each for each in rows if article.title in words(each)]
    return words(found)


def one_of_each(owner: User) -> dict[str, Article]:
    """An article for each of an editor's tabs."""
    later, picture = timezone.now() + timedelta(days=1), make_picture()
    return {
        "mine": make_article(owner=owner, picture=picture),
        "waiting": make_article(status=Status.IN_REVIEW, picture=picture),
        "scheduled": make_article(published_at=later, picture=picture),
        "hot": make_article(is_hot=True, hot_until=later, picture=picture),
        "planned": make_article(status=Status.DRAFT, planned_for=later, picture=picture),
        "bare": make_article(),
    }


def test_each_tab_shows_and_counts_its_articles(login: Any, editor: User) -> None:
    articles, desk = one_of_each(editor), login(editor)
    make_article(is_hot=True, hot_until=timezone.now() - timedelta(days=1), picture=make_picture())

    assert {name: shown(desk, f"desk={name}") for name in articles} == {
        name: {article.pk} for name, article in articles.items()
    }
    assert counts(desk) == {"?": "", **dict.fromkeys(articles, "1")}


def test_what_came_back_waits_for_its_journalist(login: Any, journalist: User, editor: User) -> None:
    returned = make_article(status=Status.IN_REVIEW, owner=journalist)
    returned.return_to_draft(by=editor, note="ينقص المصدر")
    make_article(status=Status.DRAFT, owner=journalist)
    make_article(status=Status.IN_REVIEW, owner=journalist)
    others = make_article(status=Status.IN_REVIEW, owner=make_user("journalist"))
    others.return_to_draft(by=editor, note="ينقص")
    desk = login(journalist)

    assert shown(desk, "desk=waiting") == {returned.pk}
    assert counts(desk)["waiting"] == "1"


def test_a_journalists_tabs_count_only_the_own(login: Any, journalist: User, editor: User) -> None:
    one_of_each(editor)

    assert counts(login(journalist)) == {
        "?": "",
        **dict.fromkeys(("waiting", "scheduled", "hot", "planned", "bare"), "0"),
    }


def test_a_tab_of_another_role_narrows_nothing(login: Any, journalist: User) -> None:
    mine = make_article(owner=journalist)

    assert shown(login(journalist), "desk=mine") == {mine.pk}
    assert shown(login(journalist), "desk=unheard-of") == {mine.pk}


def test_a_count_ends_where_nobody_counts_on(login: Any, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNTED", 3)
    for _ in range(5):
        make_article()

    assert counts(login(editor))["bare"] == "3+"


@pytest.mark.parametrize(("value", "expected"), [("fr", [0]), ("no-fr", [1]), ("en", []), ("no-en", [0, 1])])
def test_the_language_filter_knows_what_exists_and_what_lacks(
    login: Any, editor: User, value: str, expected: list[int]
) -> None:
    articles = [make_article(title_fr="Titre"), make_article()]

    assert shown(login(editor), f"language={value}") == {articles[place].pk for place in expected}


def test_a_tab_and_a_search_narrow_together(login: Any, editor: User) -> None:
    wanted = make_article("سد الوحدة", status=Status.IN_REVIEW)
    make_article("سد آخر")
    make_article("مباراة", status=Status.IN_REVIEW)

    assert shown(login(editor), "desk=waiting&q=السد") == {wanted.pk}


def test_a_row_says_kicker_languages_and_state_in_words(login: Any, editor: User) -> None:
    article = make_article(
        "العنوان", kicker="حوار", title_fr="Titre", published_at=timezone.now() + timedelta(days=1), is_hot=True
    )

    text = row(login(editor), article)

    assert all(each in text for each in ("حوار", "AR", "FR", str(article.category)))
    assert "EN" not in text
    assert "◷" in text
    assert str(Status.PUBLISHED.label) not in text


def test_a_returned_draft_is_marked(login: Any, editor: User) -> None:
    article = make_article(status=Status.IN_REVIEW)
    desk = login(editor)
    assert "↩" not in row(desk, article)

    article.return_to_draft(by=editor, note="ينقص المصدر")

    assert "↩" in row(desk, article)


def test_a_picture_that_is_missing_on_disk_breaks_no_row(login: Any, editor: User) -> None:
    picture = make_picture(alt="سد")
    article = make_article("مصور", picture=picture)
    default_storage.delete(picture.file.name)

    assert article.pk in shown(login(editor))


def test_thumbnails_load_when_they_come_into_view(login: Any, editor: User) -> None:
    make_article(picture=make_picture())

    images = [each for each in parse(login(editor).get(LIST)).iter("img") if each.get("class") == "listing__image"]

    assert [image.get("loading") for image in images] == ["lazy"]


def test_script_in_a_title_is_text(login: Any, editor: User) -> None:
    make_article("<script>x()</script>", kicker="<b>عاجل</b>")

    page = login(editor).get(LIST).content.decode()

    assert "<script>x()" not in page
    assert "<b>عاجل" not in page


@pytest.mark.parametrize("role", ["editor", "journalist"])
def test_the_list_takes_at_most_ten_queries(login: Any, role: str) -> None:
    user = make_user(role)
    for _ in range(3):
        make_article(owner=user, picture=make_picture(), category=make_category())
    desk = login(user)

    with CaptureQueriesContext(connection) as queries:
        desk.get(LIST)

    assert len(queries) <= 10


def test_pages_are_counted_only_some_way_ahead() -> None:
    category = make_category()
    Article.objects.bulk_create(Article(title=f"عنوان {number}", category=category) for number in range(60))
    paginator = BoundedPaginator(Article.objects.order_by("-pk"), 2)
    paginator.upto = 1

    assert (paginator.count, paginator.is_cut) == (42, True)
    assert [each.pk for each in paginator.page(2)] == paginator.keys[2:4]
    further = BoundedPaginator(Article.objects.order_by("-pk"), 2)
    further.upto = 21
    assert (further.count, further.is_cut) == (60, False)


def test_every_page_can_be_reached_and_an_absent_one_leads_back(login: Any, editor: User) -> None:
    category = make_category()
    Article.objects.bulk_create(Article(title=f"عنوان {number}", category=category) for number in range(101))
    desk = login(editor)

    assert len(shown(desk, "p=3")) == 1
    assert desk.get(f"{LIST}?p=99999").status_code == 302
    assert desk.get(f"{LIST}?p={'9' * 30}").status_code == 302
    assert desk.get(f"{LIST}?p=٣").status_code in (200, 302)


def test_a_moderator_has_no_list(login: Any, moderator: User) -> None:
    make_article("سر")

    assert login(moderator).get(LIST).status_code == 403
