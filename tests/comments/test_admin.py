"""The moderators' side of the admin: decisions by button and in bulk, and nothing but decisions."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from comments.choices import Status
from comments.models import Comment, Decision
from tests.admin_forms import act, buttons, columns, form_data, levels, save, told
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/comment/"
POLICIES = "/admin/comments/policy/"
STEPS = {"approve": Status.APPROVED, "reject": Status.REJECTED, "spam": Status.SPAM, "hold": Status.PENDING}
EVERY_STEP = pytest.mark.parametrize(("step", "to"), STEPS.items(), ids=list(STEPS))
OTHERS = pytest.mark.parametrize("role", ["journalist", "editor", "administrator"])


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def address(comment: Comment, view: str = "change") -> str:
    return f"{LIST}{comment.pk}/{view}/"


def elsewhere(to: Status) -> Status:
    """A state from which a step leads to `to`."""
    return Status.PENDING if to != Status.PENDING else Status.REJECTED


def acts(comment: Comment) -> list[Decision]:
    """What people decided about the comment, first things first."""
    return list(comment.decisions.exclude(by=None).order_by("pk"))


def status(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).status


def page_of(article: Article) -> HttpResponse:
    return Client().get(article.get_absolute_url())


def test_a_moderator_sees_the_comments_of_every_state_the_newest_first(desk: Client) -> None:
    comments = [make_comment(status=each, text=f"تعليق حاله {each}") for each in Status]

    page = desk.get(LIST).content.decode()

    places = [page.index(comment.text) for comment in reversed(comments)]
    assert places == sorted(places)


def test_the_list_can_be_narrowed_to_the_queue_and_searched(desk: Client) -> None:
    waiting, other = make_comment(status="pending", text="رأي ينتظر"), make_comment(text="رأي منشور", name="مريم")

    queue = desk.get(f"{LIST}?status__exact=pending").content.decode()
    found = desk.get(f"{LIST}?q=مريم").content.decode()

    assert (waiting.text in queue, other.text in queue) == (True, False)
    assert (waiting.text in found, other.text in found) == (False, True)


@EVERY_STEP
def test_a_moderator_decides_by_button(desk: Client, moderator: User, step: str, to: Status) -> None:
    comment = make_comment(status=elsewhere(to))
    assert step in buttons(desk, address(comment))

    response = save(desk, address(comment), **{f"_step_{step}": "1"})

    (decision,) = acts(comment)
    assert response.status_code == 302
    assert status(comment) == to
    assert (decision.by, decision.from_status, decision.to_status) == (moderator, elsewhere(to), to)


@EVERY_STEP
def test_a_moderator_decides_in_bulk(desk: Client, moderator: User, step: str, to: Status) -> None:
    comments = [make_comment(status=elsewhere(to)) for _ in range(3)]
    there = [make_comment(status=to) for _ in range(4)]

    response = act(desk, LIST, step, *comments, *there)

    done, left = told(response)
    assert [status(comment) for comment in comments] == [to] * 3
    assert [[decision.by for decision in acts(comment)] for comment in comments] == [[moderator]] * 3
    assert [acts(comment) for comment in there] == [[]] * 4
    assert (done.level_tag, left.level_tag) == ("success", "warning")
    assert "3" in str(done)
    assert "4" in str(left)


@pytest.mark.parametrize("stands", list(Status), ids=str)
def test_the_buttons_lead_to_every_other_state(desk: Client, stands: Status) -> None:
    comment = make_comment(status=stands)

    assert buttons(desk, address(comment)) == {step for step, to in STEPS.items() if to != stands}


def test_an_approved_comment_is_on_the_page_and_a_rejected_one_is_not(desk: Client) -> None:
    comment = make_comment(status="pending", text="شكرا على هذا التوضيح")
    before = page_of(comment.article).content.decode()

    save(desk, address(comment), _step_approve="1")
    approved = page_of(comment.article).content.decode()
    save(desk, address(comment), _step_reject="1")
    rejected = page_of(comment.article).content.decode()

    assert [comment.text in page for page in (before, approved, rejected)] == [False, True, False]


@pytest.mark.parametrize("way", ["button", "bulk"])
def test_a_second_approval_is_told_and_not_logged(desk: Client, way: str) -> None:
    comment, first = make_comment(status="pending"), make_user("moderator")
    opened = form_data(desk.get(address(comment))) | {"_step_approve": "1"}
    comment.approve(by=first)

    response = desk.post(address(comment), opened) if way == "button" else act(desk, LIST, "approve", comment)

    assert response.status_code == 302
    assert {"warning", "error"} & set(levels(response))
    assert [decision.by for decision in acts(comment)] == [first]


def test_a_form_without_a_step_changes_nothing(desk: Client) -> None:
    comment = make_comment(status="pending")
    before = columns(comment)

    save(desk, address(comment), _save="1", text="نص آخر", status="approved", name="اسم", email="x@example.ma")
    save(desk, address(comment), html="<script>", submitted_at_0="2020-01-01", article=make_article().pk)

    assert columns(comment) == before
    assert acts(comment) == []


def test_the_text_stays_with_a_step_too(desk: Client) -> None:
    comment = make_comment(status="pending")
    before = columns(comment)

    save(desk, address(comment), _step_reject="1", text="نص آخر", name="اسم آخر", status="approved")

    assert columns(comment) == before | {"status": Status.REJECTED, "queue": ""}


def test_nobody_adds_or_deletes_a_comment_at_the_desk(desk: Client) -> None:
    comment = make_comment()

    responses = [desk.get(f"{LIST}add/"), desk.post(f"{LIST}add/", {"text": "نص", "article": comment.article_id})]
    responses += [desk.get(address(comment, "delete")), desk.post(address(comment, "delete"), {"post": "yes"})]
    act(desk, LIST, "delete_selected", comment)

    assert [response.status_code for response in responses] == [403] * 4
    assert Comment.objects.count() == 1


def test_the_full_address_is_on_no_page_of_the_desk(desk: Client) -> None:
    comment = make_comment(status="pending", email="canary.reader@example.ma")
    answer = make_comment(comment.article, parent=comment, email="second.canary@example.ma", status="pending")
    save(desk, address(comment), _step_approve="1")
    act(desk, LIST, "approve", answer)
    views = [address(each, view) for each in (comment, answer) for view in ("change", "history", "delete")]

    pages = [desk.get(path).content.decode() for path in ("/admin/", LIST, f"{LIST}?q=canary", POLICIES, *views)]

    assert not [page for page in pages if "canary" in page.replace('value="canary"', "").replace("q=canary", "")]
    assert not [page for page in pages if comment.email_digest in page]
    assert "c•••@example.ma" in desk.get(address(comment)).content.decode()


def test_the_search_does_not_find_an_address(desk: Client) -> None:
    comment = make_comment(email="canary.reader@example.ma")

    page = desk.get(LIST, {"q": "canary.reader@example.ma"})

    assert page.status_code == 200
    assert address(comment) not in page.content.decode()
    assert address(comment) in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    "column", ["email", "email_digest", "text_digest", "submission_digest", "text", "article__body"]
)
@pytest.mark.parametrize("lookup", ["", "__exact", "__startswith", "__gt", "__icontains", "__isnull"])
def test_the_list_cannot_be_asked_for_what_it_does_not_show(desk: Client, column: str, lookup: str) -> None:
    make_comment(email="canary.reader@example.ma")

    assert desk.get(LIST, {f"{column}{lookup}": "0"}).status_code == 400


def test_the_list_can_be_filtered_by_state(desk: Client) -> None:
    waiting, shown = make_comment(status="pending"), make_comment()

    page = desk.get(LIST, {"status__exact": "pending"}).content.decode()

    assert address(waiting) in page
    assert address(shown) not in page


@OTHERS
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_cannot_open_comments(login: Any, role: str, method: str) -> None:
    desk, comment = login(make_user(role)), make_comment(status="pending", text="سر المشرفين")
    before = columns(comment)
    paths = (LIST, f"{LIST}add/", POLICIES, f"{POLICIES}add/", address(comment), address(comment, "delete"))

    responses = [getattr(desk, method)(path, {"_step_approve": "1"}) for path in (*paths, "/admin/comments/")]

    assert {response.status_code for response in responses} <= {403, 404}
    assert columns(comment) == before


@OTHERS
def test_others_learn_nothing_from_history_or_a_forged_action(login: Any, role: str) -> None:
    desk, comment = login(make_user(role)), make_comment(status="pending", text="سر المشرفين")

    history, forged = desk.get(address(comment, "history")), act(desk, LIST, "approve", comment)

    assert (history.status_code, forged.status_code) == (403, 403)
    assert status(comment) == Status.PENDING


def test_an_anonymous_visitor_is_sent_to_the_login(client: Client) -> None:
    comment = make_comment(status="pending")

    responses = [client.get(LIST), client.get(address(comment)), client.post(address(comment), {"_step_approve": "1"})]

    assert all(response.headers["Location"].startswith("/admin/login/?next=") for response in responses)
    assert status(comment) == Status.PENDING


def test_the_list_costs_the_same_with_five_and_forty_comments(desk: Client) -> None:
    costs = []
    for count in (5, 35):
        for _ in range(count):
            parent = make_comment()
            make_comment(parent.article, parent=parent)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(LIST).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_list_leaves_every_address_in_the_database(desk: Client) -> None:
    parent = make_comment()
    make_comment(parent.article, parent=parent)

    with CaptureQueriesContext(connection) as queries:
        desk.get(LIST)

    rows = [query["sql"] for query in queries if 'FROM "comments_comment"' in query["sql"]]
    assert rows
    assert not [sql for sql in rows if '."email"' in sql]


def test_the_history_of_the_list_outlives_no_name_and_no_text(desk: Client) -> None:
    comment = make_comment(status="pending", name="سعيد السري", text="نص سري")

    act(desk, LIST, "approve", comment)

    entry = LogEntry.objects.get()
    assert entry.object_id == str(comment.pk)
    assert "سري" not in entry.object_repr + entry.change_message
