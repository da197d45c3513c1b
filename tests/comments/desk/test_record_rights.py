"""Who may open and press what on the desk's pages around the queues; and that reading them changes nothing."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from comments import models
from comments.desk import record_urls
from comments.models import Ban, Comment, SavedFilter, Sender, WithdrawalRequest, WordRule
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db

PEOPLE = ("anonymous", "journalist", "editor", "administrator", "moderator")
# For each name: who may GET it and who may POST to it (with a form that is right); the others are refused.
READ_BY_MODERATORS = {"moderator"}
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "desk_sender": ({"moderator"}, set()),
    "desk_ban": (set(), {"moderator"}),
    "desk_lift_ban": (set(), {"moderator"}),
    "desk_hold_sender": (set(), {"moderator"}),
    "desk_annotate_sender": (set(), {"moderator"}),
    "desk_story": ({"moderator"}, {"moderator"}),
    "desk_escalate": ({"moderator"}, {"moderator"}),
    "desk_hold_legally": ({"editor"}, {"editor"}),
    "desk_release_legally": ({"editor"}, {"editor"}),
    "desk_search": ({"moderator"}, set()),
    "desk_save_filter": (set(), {"moderator"}),
    "desk_saved": ({"moderator"}, set()),
    "desk_delete_filter": (set(), set()),  # it is somebody else's
    "desk_requests": ({"moderator"}, set()),
    "desk_uphold_request": (set(), {"moderator"}),
    "desk_dismiss_request": (set(), {"moderator"}),
    "desk_evidence": ({"editor", "moderator"}, set()),
    "desk_evidence_json": (set(), {"editor", "moderator"}),
    "desk_evidence_print": (set(), {"editor", "moderator"}),
    "desk_dashboard": ({"editor", "moderator"}, set()),
}
FORM = {
    "whom": "sender",
    "scope": "site",
    "days": "7",
    "on": "1",
    "note": "ملاحظة",
    "answer": "جواب",
    "do": "freeze",
    "name": "مصفاة",
    "query": "q=x",
    "act": str(uuid.uuid4()),
}


@pytest.fixture
def pages() -> dict[str, str]:
    """The address of each page, for one comment with everything around it."""
    comment = make_comment(status="pending", network="10.0.0.0/16", text="نص فيه رأي")
    sender = Sender.objects.get(email_digest=comment.email_digest)
    ban = Ban.objects.create(network=comment.network, by=make_user("moderator"))
    kept = SavedFilter.objects.create(by=make_user("moderator"), name="لهم", query="q=رأي", shared=True)
    asked = WithdrawalRequest.objects.create(comment=comment, due_at=timezone.now())
    WordRule.objects.create(phrase="كلمة", hits=4, overturned=1, last_hit_at=timezone.now())
    assert sender.pending == 1
    keys = {"desk_story": comment.article_id, "desk_saved": kept.pk, "desk_delete_filter": kept.pk}
    keys |= dict.fromkeys(("desk_uphold_request", "desk_dismiss_request"), asked.pk)
    found = {}
    for name in TABLE:
        pattern = next(each for each in record_urls.urlpatterns if each.name == name)
        arguments = {"pk": keys.get(name, comment.pk)} if "pk" in pattern.pattern.converters else {}
        found[name] = reverse(name, kwargs=arguments | ({"ban": ban.pk} if name == "desk_lift_ban" else {}))
    found["desk_search"] += "?q=رأي"
    return found


def client_of(role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(make_user(role))
    return client


def everything() -> str:
    """All rows of this app, as text."""
    kinds = [getattr(models, name) for name in models.__all__ if hasattr(getattr(models, name), "_meta")]
    return "".join(serializers.serialize("json", kind._base_manager.order_by("pk")) for kind in kinds)


def test_every_address_stands_in_the_table() -> None:
    assert {each.name for each in record_urls.urlpatterns} == set(TABLE)
    assert set(TABLE) <= set(get_resolver().reverse_dict)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("role", PEOPLE)
def test_each_page_is_for_those_in_the_table(pages: dict[str, str], role: str, name: str, method: str) -> None:
    readers, writers = TABLE[name]
    before = everything()

    response = getattr(client_of(role), method)(pages[name], FORM if method == "post" else {})

    if role in (readers if method == "get" else writers):
        assert response.status_code in (200, 303)
    elif role == "anonymous":
        assert response.status_code in (302, 405)
        assert "/admin/login/" in response.headers.get("Location", "/admin/login/")
    else:
        assert response.status_code in (403, 404, 405)
    if method == "get" or role not in writers:
        assert everything() == before


def test_who_may_not_read_learns_nothing_of_what_exists(pages: dict[str, str]) -> None:
    journalist = client_of("journalist")
    absent = {name: pages[name].replace(str(Comment.objects.get().pk), "987654321") for name in TABLE}

    for name in TABLE:
        assert journalist.get(pages[name]).status_code == journalist.get(absent[name]).status_code


@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name][0]])
def test_pages_are_never_stored(pages: dict[str, str], name: str) -> None:
    response = client_of(next(iter(TABLE[name][0]))).get(pages[name])

    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["desk_sender", "desk_story", "desk_escalate", "desk_requests"])
def test_the_inner_part_is_to_be_had_alone(pages: dict[str, str], name: str) -> None:
    page = client_of("moderator").get(pages[name], {"part": "1"}).content.decode()

    assert "<html" not in page
    assert "<form" in page


@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name][1] & {"moderator"}])
def test_the_script_hears_in_a_sentence_what_became_of_it(pages: dict[str, str], name: str) -> None:
    response = client_of("moderator").post(pages[name], FORM, headers={"Accept": "application/json"})

    assert response.status_code in (200, 422)
    if "print" not in name and name not in ("desk_evidence_json", "desk_save_filter"):
        assert response.json()["sentence"]


@pytest.mark.parametrize("name", ["desk_ban", "desk_escalate", "desk_story"])
def test_the_script_gets_a_form_that_is_wrong_as_a_part(pages: dict[str, str], name: str) -> None:
    wrong = {"do": "save", "mode": "x", "days": "400"}

    response = client_of("moderator").post(pages[name], wrong, headers={"Accept": "application/json"})

    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("text/html")
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("language", ["", "/fr"])
@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name][0]])
def test_a_page_costs_the_same_with_few_and_many_rows(pages: dict[str, str], name: str, language: str) -> None:
    client = client_of(next(iter(TABLE[name][0] - {"editor"} or TABLE[name][0])))
    first = Comment.objects.get()
    costs = []
    for count in (2, 12):
        for number in range(count):
            more = make_comment(first.article, network=first.network, text="رأي آخر", name=f"اسم {number}")
            Comment.objects.filter(pk=more.pk).update(email_digest=first.email_digest)
            WithdrawalRequest.objects.create(comment=more, due_at=timezone.now())
            Ban.objects.create(network=first.network, by=User.objects.first())
            WordRule.objects.create(phrase=f"كلمة {number}", hits=1)
            more.reject(by=make_user("moderator"))
        client.get(f"{language}{pages[name]}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{language}{pages[name]}")
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name][0]])
@pytest.mark.parametrize("query", ["before=1", "before=%00", "before=9-9-9", "status=x", "after=x", "q=%00", "by=x"])
def test_a_strange_address_is_no_error_of_the_server(pages: dict[str, str], name: str, query: str) -> None:
    address = pages[name].partition("?")[0]

    response = client_of(next(iter(TABLE[name][0]))).get(f"{address}?{query}")

    assert response.status_code < 500


def test_no_address_is_on_any_page(pages: dict[str, Any]) -> None:
    comment = Comment.objects.get()
    Comment.objects.filter(pk=comment.pk).update(email="")
    canary = make_comment(comment.article, email="canary.reader@example.ma", network=comment.network, status="pending")
    WithdrawalRequest.objects.create(comment=canary, due_at=timezone.now())
    paths = [pages[name].replace(f"/{comment.pk}/", f"/{canary.pk}/") for name in TABLE if TABLE[name][0]]
    clients = [client_of("moderator"), client_of("editor")]

    shown = [client.get(path).content.decode() for client in clients for path in paths]
    shown += [client.post(reverse("desk_evidence_json", args=[canary.pk])).content.decode() for client in clients]
    shown += [client.post(reverse("desk_evidence_print", args=[canary.pk])).content.decode() for client in clients]

    assert not [page for page in shown if "canary" in page or canary.email_digest in page]
    assert [page for page in shown if "c•••@example.ma" in page]
