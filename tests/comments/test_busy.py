"""While the database is locked or down, no reader loses a word: 503, and the form to send again."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from comments.models import Comment, Report, WithdrawalRequest
from comments.receipt import receipt_url
from comments.stamp import make_stamp
from tests.factories import comment_data, make_article, make_comment
from tests.pages import parse

pytestmark = pytest.mark.django_db

HOSTILE = "نص فيه </textarea><script>alert(1)</script>"


def down(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
    raise OperationalError("database is locked")


def locked(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
    """Reading goes on, writing does not: SQLite while another process writes for too long."""
    if sql.lstrip().upper().startswith("INSERT"):
        raise OperationalError("database is locked")
    return execute(sql, *args)


def gone(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
    raise InterfaceError("connection already closed")


def form_in(response: Any) -> Element:
    form = parse(response).find(".//main[@id='content']//form")
    assert form is not None
    return form


def values_in(form: Element) -> dict[str, str]:
    values = {field.get("name", ""): field.get("value", "") for field in form.iter("input")}
    return values | {field.get("name", ""): "".join(field.itertext()) for field in form.iter("textarea")}


@pytest.mark.parametrize("fault", [down, locked, gone])
def test_a_comment_is_kept_and_sent_again(client: Client, fault: Any) -> None:
    article = make_article()
    fields = comment_data(article, text=HOSTILE, follow="all")

    with connection.execute_wrapper(fault):
        response = client.post(f"/news/{article.pk}/comments/", fields)
    form = form_in(response)

    assert response.status_code == 503
    assert response.headers["Retry-After"].isdigit()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert values_in(form) == fields
    assert not Comment.objects.exists()
    again = client.post(form.get("action", ""), values_in(form))
    assert again.status_code == 303
    assert Comment.objects.get().text == HOSTILE


def test_a_report_is_kept_and_sent_again(client: Client) -> None:
    comment = make_comment()
    fields = {"complaint": "hate", "note": HOSTILE, "stamp": make_stamp(comment.article_id), "website": ""}

    with connection.execute_wrapper(locked):
        response = client.post(f"/comments/{comment.pk}/report/", fields)
    form = form_in(response)

    assert (response.status_code, values_in(form)) == (503, fields)
    assert client.post(form.get("action", ""), values_in(form)).status_code == 303
    assert Report.objects.get().note == HOSTILE


def test_a_request_to_take_it_back_is_kept_and_sent_again(client: Client) -> None:
    comment = make_comment()
    fields = {"ask": "withdraw", "note": HOSTILE, "stamp": make_stamp(comment.article_id), "website": ""}

    with connection.execute_wrapper(locked):
        response = client.post(f"{receipt_url(comment)}ask/", fields)
    form = form_in(response)

    assert (response.status_code, values_in(form)) == (503, fields)
    assert client.post(form.get("action", ""), values_in(form)).status_code == 303
    assert WithdrawalRequest.objects.get().note == HOSTILE


def test_a_comment_that_was_stored_before_the_fault_is_not_stored_twice(client: Client) -> None:
    article = make_article()
    fields = comment_data(article, follow="all")

    def cannot_follow(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if sql.startswith('INSERT INTO "comments_subscription"'):
            raise OperationalError("database is locked")
        return execute(sql, *args)

    with connection.execute_wrapper(cannot_follow):
        first = client.post(f"/news/{article.pk}/comments/", fields)
    second = client.post(f"/news/{article.pk}/comments/", values_in(form_in(first)))

    assert (first.status_code, second.status_code) == (503, 303)
    assert Comment.objects.count() == 1
