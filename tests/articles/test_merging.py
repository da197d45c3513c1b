"""Two tags that are one: what is moved, what leads where, who is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from articles.choices import Status
from articles.models import Article, ArticleTag, InvalidMerge, Tag
from articles.signals import article_changed
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db


def tags_of(article: Article) -> list[str]:
    return sorted(article.tags.names())


def test_the_articles_of_a_merged_tag_carry_the_other(client: Client) -> None:
    kept, merged = make_tag("أخنوش"), make_tag("عزيز أخنوش")
    articles = [make_article(tags=("عزيز أخنوش",)), make_article(tags=("أخنوش",))]

    merged.merge_into(kept, by=None)

    assert [tags_of(article) for article in articles] == [["أخنوش"], ["أخنوش"]]
    page = client.get(kept.get_absolute_url())
    assert {article.pk for article in page.context_data["articles"]} == {article.pk for article in articles}


def test_an_article_that_has_both_keeps_one_row() -> None:
    kept, merged = make_tag("فاس"), make_tag("مدينة فاس")
    article = make_article(tags=("مدينة فاس", "فاس", "سياحة"))

    merged.merge_into(kept, by=None)

    assert tags_of(article) == ["سياحة", "فاس"]


@pytest.mark.parametrize("status", Status.values)
def test_the_copies_of_the_publication_time_stay_right(status: str) -> None:
    kept, merged = make_tag(), make_tag()
    for tags in ((merged.name,), (kept.name,), (kept.name, merged.name)):
        make_article(status=status, published_at=timezone.now(), tags=tags)

    merged.merge_into(kept, by=None)

    assert ArticleTag.objects.filter(tag=kept).count() == 3
    assert not ArticleTag.objects.drifted().exists()


def test_tags_merged_earlier_go_along_and_every_address_leads_straight_there(client: Client) -> None:
    first, second, third = make_tag("أ", slug="one"), make_tag("ب", slug="two"), make_tag("ت", slug="three")
    second.slug = "second"
    second.save()
    first.merge_into(second, by=None)

    second.merge_into(third, by=None)

    assert set(Tag.objects.filter(merged_into=third)) == {first, second}
    for slug in ("one", "two", "second"):
        response = client.get(f"/tag/{slug}/")
        assert (response.status_code, response.headers["Location"]) == (301, "/tag/three/")


@pytest.mark.parametrize("typed", ["المياه", "المِياه", "الماء"])
def test_the_name_of_a_merged_tag_gives_its_target_everywhere(typed: str) -> None:
    target = make_tag("الماء")
    make_tag("المياه").merge_into(target, by=None)
    articles = [make_article() for _ in range(3)]

    articles[0].tags.add(typed)
    articles[1].tags.set([typed])
    articles[2].tags.add(Tag.objects.get_or_create(name=typed)[0])

    assert [list(article.tags.all()) for article in articles] == [[target]] * 3


@pytest.mark.parametrize(
    "put",
    [
        lambda article, tag: ArticleTag.objects.create(content_object=article, tag=tag),
        lambda article, tag: ArticleTag(content_object=article, tag=tag).save(),
        lambda article, tag: ArticleTag.objects.bulk_create([ArticleTag(content_object=article, tag=tag)]),
        lambda article, tag: article.tags.add(tag),
    ],
    ids=["create", "save", "bulk", "manager"],
)
def test_a_merged_tag_cannot_be_put_on_an_article(put: Callable[[Article, Tag], Any]) -> None:
    target, article = make_tag("الماء"), make_article()
    merged = make_tag("المياه")
    merged.merge_into(target, by=None)

    put(article, Tag.objects.get(pk=merged.pk))

    assert list(ArticleTag.objects.values_list("tag", flat=True)) == [target.pk]


@pytest.mark.parametrize("typed", ["اخنوش", "عزيز أخنوش"])
def test_any_name_takes_the_tag_off_an_article(typed: str) -> None:
    make_tag("عزيز أخنوش", merged_into=make_tag("أخنوش"))
    article = make_article(tags=("أخنوش", "الحكومة"))

    article.tags.remove(typed)

    assert tags_of(article) == ["الحكومة"]


def test_a_tag_is_not_merged_into_itself() -> None:
    tag, other = make_tag(), make_tag()
    other.merge_into(tag, by=None)

    for target in (tag, other):
        with pytest.raises(InvalidMerge):
            Tag.objects.get(pk=tag.pk).merge_into(target, by=None)

    assert Tag.objects.get(pk=tag.pk).merged_into is None


def test_a_target_that_was_merged_meanwhile_stands_for_its_own() -> None:
    one, two, three = make_tag(), make_tag(), make_tag()
    stale = Tag.objects.get(pk=two.pk)
    two.merge_into(three, by=None)

    one.merge_into(stale, by=None)

    assert Tag.objects.get(pk=one.pk).merged_into == three


def test_a_merge_happens_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch, editor: User) -> None:
    kept, merged = make_tag("فاس"), make_tag("مدينة فاس")
    article = make_article(tags=("مدينة فاس",))

    def fail(*args: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(Tag, "log_name", fail)
    with pytest.raises(IntegrityError):
        merged.merge_into(kept, by=editor)

    assert tags_of(article) == ["مدينة فاس"]
    assert Tag.objects.get(pk=merged.pk).merged_into is None


def test_the_pages_are_told_once() -> None:
    kept, merged = make_tag(), make_tag()
    make_tag(merged_into=merged)
    for _ in range(3):
        make_article(tags=(merged.name,))
    told: list[Any] = []

    def hear(**kwargs: Any) -> None:
        told.append(kwargs["everywhere"])

    article_changed.connect(hear)
    merged.merge_into(kept, by=None)
    article_changed.disconnect(hear)

    assert told == [True]


def test_a_merge_costs_the_same_with_many_articles(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    kept, merged = make_tag(), make_tag()
    for _ in range(12):
        make_article(tags=(merged.name,))

    with django_assert_num_queries(7):
        merged.merge_into(kept, by=None)


def test_the_history_of_the_target_names_who_did_it(editor: User) -> None:
    kept, merged = make_tag("فاس"), make_tag("مدينة فاس")

    merged.merge_into(kept, by=editor)

    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor, str(kept.pk))
    assert "مدينة فاس" in entry.get_change_message()
    assert "تسمية أخرى" in entry.get_change_message()


def test_a_deleted_target_takes_its_other_names_along(client: Client) -> None:
    kept, merged = make_tag("فاس"), make_tag("مدينة فاس")
    merged.merge_into(kept, by=None)

    kept.delete()

    assert not Tag.objects.exists()
    assert client.get(merged.get_absolute_url()).status_code == 404


class SequencesOfMerges(TestCase):
    @settings(deadline=None, max_examples=40)
    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
    def test_no_sequence_of_merges_makes_a_chain_or_takes_a_tag_off(self, pairs: list[tuple[int, int]]) -> None:
        tags = [make_tag() for _ in range(4)]
        articles = [make_article(tags=(tag.name,)) for tag in tags]

        for one, other in pairs:
            try:
                Tag.objects.get(pk=tags[one].pk).merge_into(tags[other], by=None)
            except InvalidMerge:
                continue

        assert not Tag.objects.filter(merged_into__merged_into__isnull=False).exists()
        assert [tag.merged_into for article in articles for tag in article.tags.all()] == [None] * 4
