"""Search at the desk: in Arabic, over everything but addresses, the newest first, and filters that are kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.choices import Queue, Status
from comments.models import Comment, SavedFilter, WordRule
from comments.moderation import search
from comments.moderation.search import Filter, find, matching_keys
from tests.factories import make_article, make_category, make_comment, make_user
from tests.pages import parse

pytestmark = pytest.mark.django_db

PAGE = "/admin/comments/desk/search/"


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def found(**wanted: Any) -> set[int]:
    return set(find(Filter(**wanted)).keys)


def shown(desk: Client, address: str, **query: str) -> list[int]:
    page = parse(desk.get(address, query))
    return [int(each.get("data-card", "")) for each in page.iter() if each.get("data-card")]


@pytest.mark.parametrize(
    "words",
    [
        "الحكومة",
        "حكومة",
        "والحكومه",
        "للحكومة",
        "حُكومة",
        "حكـــومة",
        "قرار الحكومة",
        "الحكومة قرار",
        "سعيد",
        "قرار سعيد",
    ],
)
def test_every_spelling_of_a_word_of_text_or_name_finds_it(words: str) -> None:
    comment = make_comment(text="هذا قرارُ الحكومةِ الجديد", name="سعيد")
    make_comment(text="لا علاقة", name="مريم")

    assert found(words=words) == {comment.pk}


@pytest.mark.parametrize("words", ["محكوم", "قرار البرلمان", "!!!", "،", "\U000e0041"])
def test_what_does_not_hold_all_words_is_not_found(words: str) -> None:
    make_comment(text="هذا قرار الحكومة", name="سعيد")

    assert found(words=words) == set()


def test_a_name_is_looked_for_in_names_alone() -> None:
    named = make_comment(name="سعيد بناني", text="رأي")
    make_comment(name="مريم", text="سعيد بناني كتب هذا")

    assert found(name="بناني سعيد") == {named.pk}
    assert found(name="سعيد", words="رأي") == {named.pk}


@pytest.mark.parametrize("operator", ["name : x", '"', "a AND b", "a* OR b", "NEAR(a b)", "a'b", "a & !b", "^a", "\\"])
def test_nothing_typed_is_an_operator(operator: str) -> None:
    make_comment(text="نص")

    assert found(words=operator, name=operator) == set()
    assert found(words=operator) == set()


def test_the_index_follows_every_write(moderator: User) -> None:
    comment, gone = make_comment(text="كلمة أولى"), make_comment(text="كلمة ثانية")
    comment.text = "عبارة أخرى"
    comment.save()
    gone.delete()
    Comment.objects.bulk_create([Comment(article=comment.article, name="س", text="بالجملة", email="x@example.ma")])

    assert found(words="كلمة") == set()
    assert found(words="عبارة") == {comment.pk}
    assert len(found(words="بالجملة")) == 1


def test_each_part_narrows(moderator: User) -> None:
    rule, category = WordRule.objects.create(phrase="كلمة"), make_category()
    article = make_article("ميزانية التعليم العمومي", category=category)
    now = timezone.now()
    old = make_comment(text="رأي", submitted_at=now - timedelta(days=10), status="rejected")
    wanted = make_comment(article, text="رأي", status="pending", queue=Queue.RULE, rule=rule)
    decided = make_comment(text="رأي", status="pending")
    decided.approve(by=moderator)

    for words in ("", "رأي"):
        assert found(words=words, article=article.pk) == {wanted.pk}
        assert found(words=words, title="التعليم ميزانية") == {wanted.pk}
        assert found(words=words, category=category.pk) == {wanted.pk}
        assert found(words=words, rule=rule.pk) == {wanted.pk}
        assert found(words=words, by=moderator.pk) == {decided.pk}
        assert found(words=words, status=Status.REJECTED) == {old.pk}
        assert found(words=words, queue=Queue.RULE) == {wanted.pk}
        assert found(words=words, until=now - timedelta(days=9)) == {old.pk}
        assert found(words=words, since=now - timedelta(days=9)) == {wanted.pk, decided.pk}
        assert found(words=words, by=moderator.pk, status=Status.PENDING) == set()
    assert found(title="كلمات ليست هناك") == set()
    assert found(article=article.pk, words="غيره") == set()


def test_a_draft_is_not_told_of_by_its_title() -> None:
    draft = make_article("سبق لم ينشر")
    make_comment(draft)
    draft.status = "draft"
    draft.save()

    assert found(title="سبق") == set()


LEADS: dict[str, dict[str, Any]] = {
    "words": {"words": "رأي"},
    "article": {"article": 1},
    "rule": {"rule": 1},
    "by": {"by": 1},
    "status": {"status": "approved"},
    "nothing": {"since": timezone.now() - timedelta(days=999)},
}


@pytest.mark.parametrize("lead", LEADS)
def test_pages_follow_each_other_newest_first_and_miss_nothing(lead: str, moderator: User) -> None:
    article, rule = make_article(), WordRule.objects.create(phrase="كلمة")
    comments = [make_comment(article, text="رأي", rule=rule, status="pending") for _ in range(7)]
    for comment in comments:
        comment.approve(by=moderator)
    keys = {"article": article.pk, "rule": rule.pk, "by": moderator.pk}
    wanted = Filter(**{name: keys.get(name, value) for name, value in LEADS[lead].items()})

    seen, cursor = [], ""
    while True:
        page = find(wanted, cursor, size=3)
        seen += page.keys
        cursor = page.next_cursor
        if not cursor:
            break

    assert seen == [comment.pk for comment in reversed(comments)]


def test_what_is_looked_through_is_bounded_and_a_next_page_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rare = make_comment(text="رأي", status="rejected")
    for _ in range(9):
        make_comment(text="رأي")
    monkeypatch.setattr(search, "LOOKED_AT", (2, 4))

    first = find(Filter(words="رأي", status="rejected"))
    second = find(Filter(words="رأي", status="rejected"), first.next_cursor)

    assert (first.keys, first.stopped) == ([], True)
    assert (second.keys, second.stopped, second.next_cursor) == ([rare.pk], False, "")


@pytest.mark.parametrize("cursor", ["x", "1-2-3", "-1", "1" * 19, "5-5", "٣"])
def test_a_malformed_cursor_is_not_found(cursor: str) -> None:
    with pytest.raises(Http404):
        find(Filter(words="رأي"), cursor)


def test_the_page_shows_cards_that_can_be_decided_on(desk: Client, moderator: User) -> None:
    comment = make_comment(text="رأي ينتظر", status="pending")
    page = parse(desk.get(PAGE, {"q": "رأي"}))
    forms = [form for form in page.iter("form") if form.get("action") == reverse("desk_decide")]
    data = {each.get("name"): each.get("value") for each in forms[0].iter("input") if each.get("type") == "hidden"}

    response = desk.post(reverse("desk_decide"), {**data, "do": f"approve:one:{comment.pk}"})

    assert Comment.objects.get().status == Status.APPROVED
    assert response.headers["Location"].startswith(PAGE)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/admin/", "javascript:alert(1)"])
def test_the_way_back_stays_at_the_desk(desk: Client, back: str) -> None:
    comment = make_comment(status="pending")
    data = {"act": "0b7e1c5e-8a3a-4a43-9f0c-0d2f3f3b7a11", f"seen-{comment.pk}": "1", "back": back}

    response = desk.post(reverse("desk_decide"), {**data, "do": f"approve:one:{comment.pk}"})

    assert response.headers["Location"] == reverse("desk")


@pytest.mark.parametrize("q", ["canary.reader@example.ma", "canary", "example.ma"])
def test_no_address_can_be_probed(desk: Client, q: str) -> None:
    make_comment(email="canary.reader@example.ma")

    for name in ("q", "name", "article"):
        assert shown(desk, PAGE, **{name: q}) == []
    assert matching_keys(q) == []


@pytest.mark.parametrize("query", [{"status": "open"}, {"by": "nobody"}, {"since": "tomorrow"}, {"q": "x" * 201}])
def test_a_filter_that_cannot_be_is_told(desk: Client, query: dict[str, str]) -> None:
    response = desk.get(PAGE, query)

    assert response.status_code == 422
    assert "errorlist" in response.content.decode()


def test_days_are_those_of_the_newsroom(desk: Client) -> None:
    comment = make_comment(submitted_at=timezone.datetime.fromisoformat("2026-03-01T23:30:00+01:00"))

    # Morocco had UTC+0 in Ramadan: there it was half past ten in the evening.
    assert shown(desk, PAGE, since="2026-03-01", until="2026-03-01") == [comment.pk]
    assert shown(desk, PAGE, since="2026-03-02") == []


def test_the_admins_own_list_finds_every_spelling(desk: Client) -> None:
    comment, other = make_comment(text="قرار الحكومة"), make_comment(text="غيره")

    page = desk.get("/admin/comments/comment/", {"q": "حكومه"}).content.decode()

    assert f"/admin/comments/comment/{comment.pk}/" in page
    assert f"/admin/comments/comment/{other.pk}/" not in page


def save(desk: Client, **values: str) -> Any:
    return desk.post("/admin/comments/desk/saved/", {"name": "رأي الناس", "query": "q=رأي&status=pending", **values})


def test_a_kept_filter_is_a_queue_with_an_address(desk: Client, moderator: User) -> None:
    waiting = make_comment(text="رأي", status="pending")
    make_comment(text="رأي")

    response = save(desk)

    kept = SavedFilter.objects.get()
    assert (kept.by, kept.shared) == (moderator, False)
    assert response.headers["Location"] == reverse("desk_saved", args=[kept.pk])
    assert shown(desk, reverse("desk_saved", args=[kept.pk])) == [waiting.pk]
    assert reverse("desk_saved", args=[kept.pk]) in desk.get(reverse("desk")).content.decode()


def test_the_same_name_stands_for_the_newer_filter(desk: Client) -> None:
    save(desk)
    save(desk, query="q=غيره")

    assert SavedFilter.objects.get().query.startswith("q=")


def test_only_known_parts_of_an_address_are_kept(desk: Client) -> None:
    save(desk, query="q=a&email=x@example.ma&before=5&part=1")

    assert SavedFilter.objects.get().query == "q=a"


@pytest.mark.parametrize("values", [{"query": ""}, {"query": "status=open"}, {"name": ""}, {"name": "x" * 61}])
def test_a_filter_that_cannot_be_kept_is_told(desk: Client, values: dict[str, str]) -> None:
    assert save(desk, **values).status_code == 422
    assert not SavedFilter.objects.exists()


def test_a_filter_is_for_its_owner_until_it_is_shared(login: Any, moderator: User) -> None:
    desk = login(moderator)
    save(desk)
    kept = SavedFilter.objects.get()
    address = reverse("desk_saved", args=[kept.pk])
    colleague = Client()
    colleague.force_login(make_user("moderator"))

    alone = colleague.get(address).status_code
    save(desk, shared="on")

    assert (alone, colleague.get(address).status_code) == (404, 200)
    assert colleague.post(f"{address}delete/").status_code == 404
    assert desk.post(f"{address}delete/").status_code == 303
    assert not SavedFilter.objects.exists()
