"""Each change of an article makes a version: when, by whom, and of what."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, ArticleTag, Byline
from articles.versioning import MOST_AT_ONCE, one_version
from tests.admin_forms import save
from tests.factories import make_article, make_author, make_category, make_tag, make_user

pytestmark = pytest.mark.django_db


def versions(article: Article) -> list[Any]:
    """The versions of an article, the oldest first."""
    return list(Article.history.model.objects.filter(id=article.pk).order_by("history_id"))  # type: ignore[attr-defined]


def change_address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_a_new_article_has_one_version_with_its_main_category() -> None:
    article = make_article("أول عنوان")

    (only,) = versions(article)

    assert (only.history_type, only.title_ar) == ("+", "أول عنوان")
    assert only.filing == {"tags": [], "categories": [article.category_id], "authors": []}


@pytest.mark.parametrize("column", ["kicker_ar", "title_ar", "summary_fr", "body_en", "slug"])
def test_a_change_in_any_language_makes_a_version(column: str) -> None:
    article = make_article(title_fr="Titre", title_en="Title")

    setattr(article, column, "جديد")
    article.save()

    former, latter = versions(article)
    assert getattr(latter, column) != getattr(former, column)
    assert getattr(latter, column) == getattr(Article.objects.get(pk=article.pk), column)


def test_a_save_without_a_change_makes_none() -> None:
    article = make_article(tags=("ماء",))
    before = len(versions(article))

    article.save()
    Article.objects.get(pk=article.pk).save()
    article.tags.set(["ماء"])
    article.categories.set([article.category_id])

    assert len(versions(article)) == before


def test_what_the_sanitiser_undoes_is_no_change() -> None:
    article = make_article(body="<p>نص</p>")

    article.body = "<p onclick='x()'>نص</p>"
    article.save()

    assert len(versions(article)) == 1


def test_tags_categories_and_bylines_are_part_of_versions() -> None:
    article, other = make_article(), make_category()
    first, second = make_author(), make_author()

    article.tags.add("ماء", "سد")
    article.categories.add(other)
    Byline.objects.create(article=article, author=second, position=1)
    Byline.objects.create(article=article, author=first, position=0)

    stands = versions(article)[-1].filing
    assert stands["tags"] == ["ماء", "سد"]
    assert stands["categories"] == sorted([article.category_id, other.pk])
    assert stands["authors"] == [first.pk, second.pk]
    assert len(versions(article)) == 5


def test_a_tag_that_is_taken_off_makes_a_version() -> None:
    article = make_article(tags=("ماء", "سد"))

    article.tags.remove("ماء")

    assert [each.filing["tags"] for each in versions(article)] == [[], ["ماء", "سد"], ["سد"]]


def test_one_save_of_the_form_is_one_version_of_that_person(login: Any, editor: User) -> None:
    article, other = make_article("قبل"), make_category()
    author = make_author()
    desk = login(editor)

    values = {"title_ar": "بعد", "tags": "ماء، سد", "filed_under": [other.pk], "byline": [author.pk]}
    response = save(desk, change_address(article), **values)

    assert response.status_code == 302
    former, latter = versions(article)
    assert (former.title_ar, latter.title_ar) == ("قبل", "بعد")
    assert latter.history_user == editor
    assert latter.filing["tags"] == ["ماء", "سد"]
    assert latter.filing["authors"] == [author.pk]


def test_a_form_sent_without_a_change_makes_no_version(login: Any, editor: User) -> None:
    article = make_article(tags=("ماء",))
    before = len(versions(article))

    response = save(login(editor), change_address(article))

    assert response.status_code == 302
    assert len(versions(article)) == before


def test_text_and_step_of_one_press_are_one_version(login: Any, journalist: User) -> None:
    article = make_article("قبل", status=Status.DRAFT, owner=journalist)

    save(login(journalist), change_address(article), title_ar="بعد", _step_submit="1")

    former, latter = versions(article)
    assert (former.status, latter.status) == (Status.DRAFT, Status.IN_REVIEW)
    assert latter.title_ar == "بعد"
    assert latter.history_user == journalist


def test_a_step_names_who_took_it_outside_of_a_request(editor: User) -> None:
    article = make_article(status=Status.IN_REVIEW)

    article.publish(by=editor)

    assert (versions(article)[-1].status, versions(article)[-1].history_user) == (Status.PUBLISHED, editor)


def test_what_stood_there_before_the_first_version_is_kept() -> None:
    article = make_article("العنوان القديم")
    Article.history.model.objects.all().delete()  # as of an article from before there were versions

    article.title = "العنوان الجديد"
    article.save()

    found, latter = versions(article)
    assert (found.title_ar, latter.title_ar) == ("العنوان القديم", "العنوان الجديد")
    assert (found.was_found, found.history_user) == (True, None)
    assert not latter.was_found


def test_what_passed_by_is_not_laid_at_the_next_persons_door(login: Any, editor: User) -> None:
    article = make_article("أول")
    ArticleTag._base_manager.bulk_create([ArticleTag(content_object=article, tag=make_tag("من الاستيراد"))])
    Article.history.model.objects.filter(id=article.pk).update(slug="older")

    save(login(editor), change_address(article), title_ar="ثان")

    found, latter = versions(article)[-2:]
    assert found.was_found
    assert found.slug == latter.slug != "older"
    assert (latter.history_user, found.history_user) == (editor, None)


def test_an_update_of_a_queryset_makes_versions() -> None:
    article = make_article()

    Article.objects.filter(pk=article.pk).update(is_hot=True)

    assert [each.is_hot for each in versions(article)] == [False, True]


def test_bulk_loads_make_none() -> None:
    category = make_category()
    rows = [Article(title=f"عنوان {number}", category=category) for number in range(MOST_AT_ONCE + 1)]

    Article.objects.bulk_create(rows)
    Article.objects.update(planned_for=timezone.now() + timedelta(days=1))

    assert not Article.history.model.objects.exists()


def test_a_failed_change_leaves_no_version() -> None:
    article = make_article("أول")

    with pytest.raises(RuntimeError), one_version(Article):
        article.title = "ثان"
        article.save()
        raise RuntimeError

    assert [each.title_ar for each in versions(article)] == ["أول"]


def test_a_deleted_draft_takes_its_versions_along() -> None:
    article = make_article(status=Status.DRAFT)

    article.delete()

    assert not Article.history.model.objects.exists()


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
def test_versions_of_what_readers_saw_outlive_it(login: Any, editor: User, status: str) -> None:
    article = make_article("شوهد", status=Status.PUBLISHED)
    if status == Status.WITHDRAWN:
        article.withdraw(by=editor)
    key = article.pk

    article.delete()

    kept = list(Article.history.model.objects.filter(id=key).order_by("history_id"))
    assert kept[-1].history_type == "-"
    assert kept[-1].title_ar == "شوهد"


def test_a_draft_that_was_published_once_stays_on_record(login: Any, editor: User) -> None:
    article = make_article("شوهد")
    article.withdraw(by=editor)
    article.return_to_draft(by=editor)
    key = article.pk

    login(editor).post(reverse("admin:articles_article_delete", args=[key]), {"post": "yes"})

    assert not Article.objects.filter(pk=key).exists()
    last = Article.history.model.objects.filter(id=key).order_by("history_id").last()
    assert (last.history_type, last.history_user) == ("-", editor)


def test_a_save_costs_a_bounded_number_of_queries(django_assert_max_num_queries: Any) -> None:
    article = make_article(tags=tuple(f"وسم {number}" for number in range(8)), owner=make_user("journalist"))
    article.title = "جديد"

    with django_assert_max_num_queries(40):
        article.save()
