"""The versions of an article in the admin: the list of them, and two beside each other."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.choices import Status
from articles.models import Article
from tests.admin_forms import columns, parse
from tests.factories import make_article, make_author, make_category, make_picture, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db


def pages(article: Article) -> list[str]:
    base = f"/admin/articles/article/{article.pk}/history/"
    return [base, f"{base}compare/"]


def keys(article: Article) -> list[int]:
    """The keys of its versions, the oldest first."""
    rows = Article.history.model.objects.filter(id=article.pk)  # type: ignore[attr-defined]
    return list(rows.order_by("history_id").values_list("history_id", flat=True))


def compare(desk: Client, article: Article, **query: Any) -> Any:
    return desk.get(pages(article)[1], query)


def marked(response: Any, tag: str) -> list[str]:
    """The words inside `ins` or `del`, without what is read to the blind alone."""
    found = []
    for element in parse(response).iterfind(f".//section//{tag}"):
        spoken = element.find("span")
        assert spoken is not None
        assert spoken.get("class") == "visually-hidden"
        found.append(words(element).removeprefix(words(spoken)).strip())
    return found


def edited(**values: Any) -> Article:
    article = make_article("العنوان الأول", body="<p>زار الوزير مدينة فاس</p>")
    for name, value in values.items():
        setattr(article, name, value)
    article.save()
    return article


def test_the_list_says_who_changed_what(login: Any, editor: User) -> None:
    article = make_article("قبل", status=Status.DRAFT)
    desk = login(editor)
    article.title = "بعد"
    article.save()
    article.publish(by=editor)

    rows = [words(row) for row in parse(desk.get(pages(article)[0])).iterfind(".//tbody/tr")]

    assert len(rows) == 3
    assert editor.username in rows[0]
    assert str(Status.PUBLISHED.label) in rows[0]
    assert str(Article._meta.get_field("title_ar").verbose_name) in rows[1]


def test_only_what_changed_is_named(login: Any, editor: User) -> None:
    article = edited(body_fr="<p>Texte</p>", is_hot=True)

    row = parse(login(editor).get(pages(article)[0])).find(".//tbody/tr")

    assert row is not None
    labels = {words(each) for each in row.iterfind(".//span[@class='versions__fields']/bdi")}
    assert labels == {str(Article._meta.get_field(name).verbose_name) for name in ("body_fr", "is_hot")}


def test_words_are_marked_in_their_language_and_direction(login: Any, editor: User) -> None:
    article = edited(body_ar="<p>زار الوالي مدينة فاس</p>", title_fr="Titre")

    response = compare(login(editor), article)

    assert marked(response, "del") == ["الوزير"]
    assert marked(response, "ins") == ["الوالي"]
    texts = [each for each in parse(response).iter("p") if each.get("class") == "difference__text"]
    assert {(each.get("lang"), each.get("dir")) for each in texts} == {("ar", "rtl")}


def test_each_language_has_a_tab(login: Any, editor: User) -> None:
    article = edited(body_ar="<p>نص آخر</p>", title_fr="Titre")

    response = compare(login(editor), article, to=keys(article)[-1], language="fr")

    assert marked(response, "ins") == ["Titre"]
    texts = [each for each in parse(response).iter("p") if each.get("class") == "difference__text"]
    assert {(each.get("lang"), each.get("dir")) for each in texts} == {("fr", "ltr")}
    tabs = parse(response).findall(".//nav[@class='versions__tabs']/a")
    assert [tab.get("aria-current") for tab in tabs] == [None, "true"]


def test_filing_and_fields_are_compared_by_name(login: Any, editor: User) -> None:
    article, other = make_article(tags=("ماء",)), make_category("العالم")
    author = make_author("كاتبة الرأي")
    first = keys(article)[-1]
    article.tags.set(["سد"])
    article.categories.add(other)
    article.bylines.create(author=author)
    article.picture, article.kind = make_picture(alt="سد الوحدة"), "opinion"
    article.save()

    response = compare(login(editor), article, **{"from": first, "to": keys(article)[-1]})

    assert {"سد", "العالم", "كاتبة الرأي", "سد الوحدة"} <= set(marked(response, "ins"))
    assert "ماء" in marked(response, "del")


def test_what_was_deleted_since_is_told_by_its_number(login: Any, editor: User) -> None:
    article, author = make_article(), make_author()
    row = article.bylines.create(author=author)
    number = str(author.pk)
    row.delete()
    author.delete()

    response = compare(login(editor), article)

    (gone,) = marked(response, "del")
    assert number in gone


def test_a_script_in_a_text_is_shown_and_not_run(login: Any, editor: User) -> None:
    article = edited(title_ar="<script>x()</script> عنوان", summary_ar="<img src=x onerror=x()>")

    page = compare(login(editor), article).content.decode()

    assert "<script>x()" not in page
    assert "<img src=x" not in page


def test_the_first_version_is_compared_with_nothing(login: Any, editor: User) -> None:
    article = edited(title_ar="ثان")

    response = compare(login(editor), article, to=keys(article)[0])

    assert "العنوان الأول" in marked(response, "ins")
    assert marked(response, "del") == []


def test_the_older_of_the_two_always_stands_first(login: Any, editor: User) -> None:
    article = edited(title_ar="الثاني")
    older, newer = keys(article)

    response = compare(login(editor), article, **{"from": newer, "to": older})

    assert marked(response, "del") == ["العنوان الأول"]


@pytest.mark.parametrize("query", [{"to": "x"}, {"to": "9" * 30}, {"from": "٣"}, {"to": "99999999"}, {"from": "%00"}])
def test_a_version_that_is_not_there_is_not_found(login: Any, editor: User, query: dict[str, str]) -> None:
    assert compare(login(editor), edited(title_ar="ثان"), **query).status_code == 404


def test_a_version_of_another_article_is_not_found(login: Any, editor: User) -> None:
    article, other = edited(title_ar="ثان"), edited(title_ar="سر")

    assert compare(login(editor), article, to=keys(other)[0]).status_code == 404


def test_pages_hold_25_and_lead_on(login: Any, editor: User) -> None:
    article = make_article()
    for number in range(30):
        article.title = f"عنوان {number}"
        article.save()
    desk = login(editor)

    first = parse(desk.get(pages(article)[0]))
    following = first.find(".//a[@rel='next']")
    assert following is not None
    second = parse(desk.get(pages(article)[0] + str(following.get("href"))))

    assert [len(page.findall(".//tbody/tr")) for page in (first, second)] == [25, 6]
    assert second.find(".//a[@rel='next']") is None


def test_a_page_costs_the_same_with_three_and_twenty_versions(login: Any, editor: User) -> None:
    desk, costs = login(editor), []
    article = make_article()
    for number in range(20):
        article.title = f"عنوان {number}"
        article.save()
        if number in (2, 19):
            with CaptureQueriesContext(connection) as queries:
                desk.get(pages(article)[0])
            costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[0] <= 10
    assert 'body_ar" AS' not in "".join(query["sql"] for query in queries)


def test_a_comparison_takes_few_queries(login: Any, editor: User, django_assert_max_num_queries: Any) -> None:
    article = make_article(tags=("ماء",))
    article.category, article.picture, article.owner = make_category(), make_picture(), editor
    article.save()
    desk = login(editor)

    with django_assert_max_num_queries(16):
        compare(desk, article)


def test_a_journalist_sees_the_versions_of_the_own_articles(login: Any, journalist: User) -> None:
    article = make_article("خاص بي", owner=journalist, status=Status.PUBLISHED)

    assert [login(journalist).get(page).status_code for page in pages(article)] == [200, 200]


@pytest.mark.parametrize("place", [0, 1])
def test_anothers_versions_answer_as_missing_ones(login: Any, journalist: User, place: int) -> None:
    other = make_article("سر", owner=make_user("journalist"), status=Status.DRAFT)
    before, desk = columns(other), login(journalist)

    found = desk.get(pages(other)[place])
    absent = desk.get(pages(Article(pk=other.pk + 1000))[place])

    assert found.status_code == absent.status_code == 302
    assert found.headers["Location"] == absent.headers["Location"]
    assert columns(other) == before


def test_a_moderator_sees_no_versions(login: Any, moderator: User) -> None:
    article = make_article("سر")

    assert {login(moderator).get(page).status_code for page in pages(article)} <= {302, 403}
    assert all("سر" not in login(moderator).get(page).content.decode() for page in pages(article))


def test_the_pages_are_private(login: Any, editor: User) -> None:
    article = edited(title_ar="ثان")

    assert {"private, no-store"} == {login(editor).get(pages(article)[1]).headers["Cache-Control"]}


def test_looking_changes_nothing(login: Any, editor: User) -> None:
    article = edited(title_ar="ثان")
    before, versions = columns(article), keys(article)

    for page in pages(article):
        login(editor).get(page)

    assert (columns(article), keys(article)) == (before, versions)
