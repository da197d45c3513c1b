"""What editors do with articles in the admin: change, schedule, publish, withdraw, put among the hot events."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.choices import Status
from articles.models import Article
from tests.admin_forms import buttons, columns, errors_beside, save
from tests.factories import make_article, make_category, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def own(user: User, status: str = Status.DRAFT) -> Article:
    return make_article(status=status, owner=user)


def last_step(article: Article) -> tuple[User, str, str]:
    step = article.status_changes.latest("pk")
    return step.by, step.from_status, step.to_status


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_an_editor_changes_anothers_article_and_it_stays_theirs(login: Any, editor: User, status: Status) -> None:
    journalist = make_user("journalist")
    article = own(journalist, status)

    response = save(login(editor), address(article), title_ar="عنوان المحرر", slug="slug-of-the-editor")

    article.refresh_from_db()
    assert response.status_code == 302
    assert (article.title, article.slug) == ("عنوان المحرر", "slug-of-the-editor")
    assert (article.owner, article.status) == (journalist, status)


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("submit", Status.DRAFT, Status.IN_REVIEW),
        ("publish", Status.DRAFT, Status.PUBLISHED),
        ("publish", Status.IN_REVIEW, Status.PUBLISHED),
        ("publish", Status.WITHDRAWN, Status.PUBLISHED),
    ],
)
def test_an_editor_takes_a_step_by_its_button(login: Any, editor: User, step: str, before: str, after: str) -> None:
    desk, article = login(editor), own(make_user("journalist"), before)
    assert step in buttons(desk, address(article))

    response = save(desk, address(article), **{f"_step_{step}": "1"})

    article.refresh_from_db()
    assert response.status_code == 302
    assert article.status == after
    assert last_step(article) == (editor, before, after)


def test_the_buttons_are_those_that_lead_somewhere(login: Any, editor: User, journalist: User) -> None:
    articles = {status: own(journalist, status) for status in Status}

    desk = login(journalist)
    journalists = {status: buttons(desk, address(article)) for status, article in articles.items()}
    desk = login(editor)
    editors = {status: buttons(desk, address(article)) for status, article in articles.items()}

    assert journalists == {status: {"submit"} if status == Status.DRAFT else set() for status in Status}
    assert editors == {
        Status.DRAFT: {"submit", "publish"},
        Status.IN_REVIEW: {"publish", "return"},
        Status.PUBLISHED: {"withdraw"},
        Status.WITHDRAWN: {"publish", "return"},
    }


def test_an_article_published_for_later_waits_for_its_time(login: Any, editor: User) -> None:
    article = own(make_user("journalist"))
    later = timezone.localtime() + timedelta(hours=3)
    typed = {"published_at_0": f"{later:%Y-%m-%d}", "published_at_1": f"{later:%H:%M:%S}"}

    save(login(editor), address(article), **typed, _step_publish="1")

    article.refresh_from_db()
    assert (article.status, article.is_scheduled) == (Status.PUBLISHED, True)
    assert article.published_at == later.replace(microsecond=0)
    assert last_step(article) == (editor, Status.DRAFT, Status.PUBLISHED)
    assert Client().get(article.get_absolute_url()).status_code == 404
    with time_machine.travel(later + timedelta(minutes=1)):
        assert Client().get(article.get_absolute_url()).status_code == 200


def test_an_editor_may_clear_the_time_of_a_published_article(login: Any, editor: User) -> None:
    article = own(editor, Status.PUBLISHED)

    response = save(login(editor), address(article), published_at_0="", published_at_1="")

    article.refresh_from_db()
    assert response.status_code == 302
    assert article.is_visible


def test_an_editor_raises_the_hot_flag(login: Any, editor: User) -> None:
    desk, article = login(editor), own(editor, Status.PUBLISHED)

    save(desk, address(article), is_hot="on", hot_until_0="2099-01-01", hot_until_1="10:00:00")

    assert list(Article.objects.hot()) == [article]
    assert article.title in Client().get("/hot/").content.decode()


def test_an_end_without_the_hot_flag_is_told_beside_it(login: Any, editor: User) -> None:
    desk, article = login(editor), own(editor, Status.PUBLISHED)
    before = columns(article)

    response = save(desk, address(article), hot_until_0="2099-01-01", hot_until_1="10:00:00")

    assert response.status_code == 200
    assert len(errors_beside(response, "hot_until")) == 1
    assert columns(article) == before


def test_an_editor_adds_an_article_without_choosing_a_slug(login: Any, editor: User) -> None:
    response = save(login(editor), ADD, title_ar="خبر عاجل", category=make_category().pk)

    assert response.status_code == 302
    assert Article.objects.get().slug == "خبر-عاجل"


@pytest.mark.parametrize("slug", ["a/b", "كلمة كلمة", "سؤال؟", "comments", ".."], ids=ascii)
def test_a_slug_that_leads_nowhere_is_refused_or_mended(login: Any, editor: User, slug: str) -> None:
    desk, article = login(editor), own(editor, Status.PUBLISHED)

    response = save(desk, address(article), slug=slug)

    article.refresh_from_db()
    assert response.status_code == 302 or errors_beside(response, "slug")
    assert Client().get(article.get_absolute_url()).status_code == 200
    assert Client().get("/").status_code == 200


@pytest.mark.parametrize("same", [True, False], ids=["itself", "twice-the-same"])
def test_a_wrong_choice_of_related_articles_is_told_and_not_stored(login: Any, editor: User, same: bool) -> None:
    article, other = own(editor), make_article()
    pick = article.pk if same else other.pk
    picks = {"picks-TOTAL_FORMS": "2", "picks-0-related": pick, "picks-0-position": "1"}
    picks |= {"picks-1-related": other.pk, "picks-1-position": "2", "picks-0-article": article.pk}

    response = save(login(editor), address(article), **picks)

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not article.picks.exists()


def test_an_editor_picks_a_related_article_and_adds_a_correction(login: Any, editor: User) -> None:
    article, other = own(editor, Status.PUBLISHED), make_article("خبر ذو صلة فريدة")
    picked = {"picks-TOTAL_FORMS": "1", "picks-0-related": other.pk, "picks-0-position": "1"}
    noted = {"corrections-TOTAL_FORMS": "1", "corrections-0-kind": "correction", "corrections-0-note_ar": "صحح الرقم."}
    noted |= {"corrections-0-at_0": "2026-01-01", "corrections-0-at_1": "10:00:00"}

    response = save(login(editor), address(article), **picked, **noted)

    page = Client().get(article.get_absolute_url()).content.decode()
    assert response.status_code == 302
    assert other.title in page
    assert "صحح الرقم." in page


def test_a_correction_without_a_word_is_refused(login: Any, editor: User) -> None:
    article = own(editor, Status.PUBLISHED)
    noted = {"corrections-TOTAL_FORMS": "1", "corrections-0-kind": "update", "corrections-0-note_ar": ""}
    noted |= {"corrections-0-at_0": "2026-01-01", "corrections-0-at_1": "10:00:00"}

    response = save(login(editor), address(article), **noted)

    assert response.status_code == 200
    assert len(errors_beside(response, "note_ar")) == 1
    assert not article.corrections.exists()
