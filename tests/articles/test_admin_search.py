"""The admin finds articles in any spelling, drafts included, and lets editors say what means the same."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Synonym
from tests.factories import make_article

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def listed(client: Any, text: str) -> set[str]:
    page = client.get(LIST, {"q": text})
    assert page.status_code == 200
    return {str(article) for article in page.context["cl"].result_list}


@pytest.mark.parametrize(
    "text", ["اكادير", "أݣادير", "أَكـادير", "وأگادير", "أكا", "وزارات أكادير", "agadir", "AGAD", "بحر"], ids=ascii
)
def test_every_spelling_and_every_language_finds_a_draft(login: Any, editor: User, text: str) -> None:
    make_article("وزارة في أكادير", title_fr="Un port à Agadir", body="<p>على البحر</p>", status="draft")
    make_article("خبر آخر")

    assert listed(login(editor), text) == {"وزارة في أكادير"}


def test_a_word_that_is_only_begun_finds_its_articles(login: Any, editor: User) -> None:
    make_article("وزارة الصحة")
    make_article("وزير المالية")

    assert listed(login(editor), "الصحة وز") == {"وزارة الصحة"}


@pytest.mark.parametrize("text", ["؟", "\u064b", '"*', "xyzzy"], ids=ascii)
def test_what_is_nowhere_finds_nothing(login: Any, editor: User, text: str) -> None:
    make_article("وزارة الصحة")

    assert listed(login(editor), text) == set()


def test_without_words_all_are_listed(login: Any, editor: User) -> None:
    make_article("وزارة الصحة")

    assert listed(login(editor), " ") == {"وزارة الصحة"}


def test_a_journalist_finds_only_their_own(login: Any, journalist: User) -> None:
    make_article("وزارة الصحة", status="draft")
    make_article("وزارة العدل", status="draft", owner=journalist)

    assert listed(login(journalist), "وزارة") == {"وزارة العدل"}


def test_the_choice_of_related_articles_uses_the_same_search(login: Any, editor: User) -> None:
    article = make_article("ميناء أكادير")

    answer = login(editor).get(
        "/admin/autocomplete/",
        {"term": "اكاد", "app_label": "articles", "model_name": "relatedarticle", "field_name": "related"},
    )

    assert [row["id"] for row in answer.json()["results"]] == [str(article.pk)]


def test_the_list_is_searched_in_one_query_more(login: Any, editor: User, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        make_article(f"وزارة {number}")
    client = login(editor)

    with django_assert_max_num_queries(10):
        client.get(LIST, {"q": "وزارة"})


def test_editors_keep_the_synonyms(login: Any, editor: User) -> None:
    answer = login(editor).post("/admin/articles/synonym/add/", {"words": " قنطرة,قناطر ؛ جسر "})

    assert answer.status_code == 302
    assert Synonym.objects.latest("pk").words == "قنطرة، قناطر، جسر"


@pytest.mark.parametrize("words", ["", "قنطرة", "قنطرة، القنطرة", "؟، !"])
def test_a_group_of_one_is_refused_beside_its_field(login: Any, editor: User, words: str) -> None:
    count = Synonym.objects.count()

    answer = login(editor).post("/admin/articles/synonym/add/", {"words": words})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["words"]
    assert Synonym.objects.count() == count


def test_synonyms_are_found_in_any_spelling(login: Any, editor: User) -> None:
    group = Synonym.objects.create(words="إنزكان, انزڭان الجديدة")

    page = login(editor).get("/admin/articles/synonym/", {"q": "انزگان"})

    assert list(page.context["cl"].result_list) == [group]


def test_others_may_not_touch_the_synonyms(login: Any, journalist: User, moderator: User) -> None:
    for person in (journalist, moderator):
        assert login(person).get("/admin/articles/synonym/").status_code == 403


def test_deleted_articles_are_not_in_the_way(login: Any, editor: User) -> None:
    make_article("وزارة الصحة")
    Article.objects.all().delete()

    assert listed(login(editor), "وزارة") == set()
