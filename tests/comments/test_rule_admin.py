"""Word rules in the admin: tried before they are stored, with their numbers beside them."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from comments.choices import Action
from comments.models import Comment, WordRule
from comments.rules import trial
from tests.admin_forms import errors_beside, form_data, save
from tests.factories import make_article, make_comment
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

RULES = "/admin/comments/wordrule/"
ADD = f"{RULES}add/"


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def attempt(desk: Client, address: str = ADD, **values: Any) -> HttpResponse:
    """Fill in the form and press the button that tries the rule."""
    return save(desk, address, _try="1", **values)


def result(response: HttpResponse) -> Element | None:
    return parse(response).find(".//section[@id='trial']")


def numbers(response: HttpResponse) -> tuple[int, int]:
    """How many comments were met, of how many."""
    found = result(response)
    assert found is not None
    line = next(each for each in found.iter("p") if each.get("data-met"))
    return int(line.attrib["data-met"]), int(line.attrib["data-seen"])


def is_warned(response: HttpResponse) -> bool:
    found = result(response)
    return found is not None and any(each.get("class") == "errornote" for each in found.iter("p"))


def some_comments(count: int = 200) -> None:
    article = make_article()
    Comment.objects.bulk_create(
        Comment(article=article, name="قارئ", email=f"r{number}@example.ma", text=f"رأي رقم {number} في الموضوع")
        for number in range(count)
    )


def test_a_trial_shows_what_the_rule_would_have_met_and_stores_nothing(desk: Client) -> None:
    some_comments()
    make_comment(name="سعاد", text="أنت ك.ل.ب </mark><script>alert(1)</script>", status="rejected")

    response = attempt(desk, phrase="كلب", action=Action.REJECT)

    found = result(response)
    assert numbers(response) == (1, 201)
    assert not is_warned(response)
    assert found is not None
    assert [words(each) for each in found.iter("mark")] == ["ك.ل.ب"]
    assert [words(each) for each in found.iter("strong")] == ["سعاد"]
    assert "<script>alert" not in response.content.decode()
    assert not WordRule.objects.exists()
    assert not LogEntry.objects.exists()
    kept = form_data(response)
    assert (kept["phrase"], kept["action"]) == ("كلب", Action.REJECT)


def test_a_stored_rule_is_tried_with_what_was_changed_and_stays_as_it_is(desk: Client) -> None:
    some_comments(3)
    rule = WordRule.objects.create(phrase="كلب")

    response = attempt(desk, f"{RULES}{rule.pk}/change/", phrase="رقم 1")

    assert numbers(response) == (1, 3)
    rule.refresh_from_db()
    assert rule.phrase == "كلب"


@pytest.mark.parametrize("phrase", ["رأي", "الموضوع"])
def test_a_rule_that_meets_everything_is_warned_and_stored_only_on_demand(desk: Client, phrase: str) -> None:
    some_comments()
    assert is_warned(attempt(desk, phrase=phrase))

    refused = save(desk, ADD, phrase=phrase)

    assert refused.status_code == 200
    assert errors_beside(refused, "confirmed")
    assert not WordRule.objects.exists()
    ticked = desk.post(ADD, form_data(refused) | {"confirmed": "on"})
    assert ticked.status_code == 302
    assert WordRule.objects.get().phrase == phrase


@pytest.mark.parametrize("phrase", ["و", "في", "the", "De", "من على", "ا", "7"])
def test_an_everyday_word_is_warned_even_where_there_is_no_comment_yet(desk: Client, phrase: str) -> None:
    assert is_warned(attempt(desk, phrase=phrase))
    assert save(desk, ADD, phrase=phrase).status_code == 200
    assert not WordRule.objects.exists()


def test_one_comment_in_fifty_is_much_and_one_in_two_hundred_is_not(desk: Client) -> None:
    some_comments(210)
    for _number in range(4):
        make_comment(text="يا كلب")

    assert is_warned(attempt(desk, phrase="كلب"))
    Comment.objects.filter(text="يا كلب").first().delete()
    Comment.objects.filter(text="يا كلب").first().delete()
    assert not is_warned(attempt(desk, phrase="كلب"))


@pytest.mark.parametrize("phrase", ["!!!", "ـــ", "\u064b\u064c", "…", "👍", "ء"])
@pytest.mark.parametrize("button", ["_try", "_save"])
def test_a_rule_without_letters_is_refused(desk: Client, phrase: str, button: str) -> None:
    response = save(desk, ADD, phrase=phrase, confirmed="on", **{button: "1"})

    assert errors_beside(response, "phrase")
    assert result(response) is None
    assert not WordRule.objects.exists()


def test_a_stored_rule_knows_who_wrote_it_and_is_logged(desk: Client, moderator: User) -> None:
    response = save(desk, ADD, phrase="  كلب   مسعور ", action=Action.SPAM, allowed="كلب البحر")

    rule = WordRule.objects.get()
    assert response.status_code == 302
    assert (rule.phrase, rule.action, rule.created_by) == ("كلب مسعور", Action.SPAM, moderator)
    assert LogEntry.objects.get().object_id == str(rule.pk)


def test_a_change_that_widens_nothing_asks_nothing(desk: Client) -> None:
    some_comments()
    rule = WordRule.objects.create(phrase="رأي")

    response = save(desk, f"{RULES}{rule.pk}/change/", action=Action.REJECT)

    assert response.status_code == 302


def test_old_comments_and_those_elsewhere_are_not_tried(desk: Client) -> None:
    article = make_article()
    make_comment(article, text="يا كلب")
    make_comment(text="يا كلب")
    make_comment(article, text="يا كلب", submitted_at=timezone.now() - timedelta(days=31))

    assert numbers(attempt(desk, phrase="كلب")) == (2, 2)
    assert numbers(attempt(desk, phrase="كلب", article=article.pk)) == (1, 1)
    assert numbers(attempt(desk, phrase="كلب", category=article.category_id)) == (1, 1)


def test_the_work_of_a_trial_is_bounded_and_says_so(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    some_comments(12)
    rule = WordRule(phrase="رأي")
    assert not trial.try_rule(rule, 12).is_cut

    tried = trial.try_rule(rule, 11)

    assert (tried.seen, tried.is_cut) == (11, True)
    monkeypatch.setattr(trial, "MOST_EXAMPLES", 5)
    assert len(trial.try_rule(rule).examples) == 5


def test_a_name_that_is_met_is_shown_too(desk: Client) -> None:
    make_comment(name="كلب البلد", text="نص")

    found = result(attempt(desk, phrase="كلب"))

    assert found is not None
    assert [words(each) for each in found.iter("mark")] == ["كلب"]


def test_the_list_tells_the_numbers_of_each_rule(desk: Client, django_assert_max_num_queries: Any) -> None:
    article = make_article("عنوان القصة")
    WordRule.objects.create(phrase="كلب", hits=40, overturned=10, last_hit_at=timezone.now(), article=article)
    for number in range(5):
        WordRule.objects.create(phrase=f"كلمة {number}", article=make_article(), until=timezone.now())

    with django_assert_max_num_queries(8):
        content = desk.get(RULES).content.decode()

    assert "25%" in content
    assert "عنوان القصة" in content


@pytest.mark.parametrize("role", ["journalist", "editor", "administrator"])
def test_only_moderators_read_write_and_try_rules(login: Any, request: Any, role: str) -> None:
    rule = WordRule.objects.create(phrase="كلب")
    client = login(request.getfixturevalue(role))

    for address in (RULES, ADD, f"{RULES}{rule.pk}/change/"):
        assert client.get(address).status_code == 403
    for address in (ADD, f"{RULES}{rule.pk}/change/"):
        assert client.post(address, {"phrase": "قط", "action": "hold", "_try": "1"}).status_code == 403
