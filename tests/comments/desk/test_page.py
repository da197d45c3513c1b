"""The desk's page: what waits, in the order of urgency, each card with its context."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.choices import Queue
from tests.factories import make_comment
from tests.pages import parse

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/desk/"


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def test_the_desk_opens_at_the_most_urgent_queue_that_is_not_empty(desk: Client) -> None:
    make_comment(status="pending", queue=Queue.KNOWN)
    held = make_comment(status="pending", queue=Queue.RULE)

    page = parse(desk.get(DESK))

    assert [card.get("data-card") for card in page.iter("article")] == [str(held.pk)]
