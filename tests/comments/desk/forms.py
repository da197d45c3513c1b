"""Pressing the desk's buttons, as the page without script and as the script does."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client

from comments.choices import Queue, Status
from comments.models import Comment, Decision
from tests.factories import make_comment

DESK = "/admin/comments/desk/"


def waiting(queue: Queue = Queue.KNOWN, **values: Any) -> Comment:
    """A comment that waits in `queue`."""
    return make_comment(status=Status.PENDING, queue=queue, **values)


def press(client: Client, do: str, *comments: Comment, script: bool = True, **fields: Any) -> HttpResponse:
    """Post the decision `do` with the revisions of `comments`; a dash in a field's name is written as `__`."""
    data = {"act": uuid.uuid4(), "do": do, "pick": [each.pk for each in comments]}
    data |= {f"seen-{each.pk}": each.revision for each in comments}
    data |= {name.replace("__", "-"): value for name, value in fields.items()}
    accept = "application/json" if script else "text/html"
    return client.post(f"{DESK}decide/", data, headers={"accept": accept})


def undo(client: Client, act: Any = "") -> HttpResponse:
    return client.post(f"{DESK}undo/", {"act": act}, headers={"accept": "application/json"})


def results(response: HttpResponse) -> dict[int, str]:
    """What was refused or brought back, by comment."""
    return {row["pk"]: row["result"] for row in response.json()["told"]}


def stored(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def standing(*comments: Comment) -> list[str]:
    """The statuses as they are stored."""
    return [stored(each).status for each in comments]


def last(comment: Comment) -> Decision:
    return Decision.objects.filter(comment=comment.pk).order_by("-pk")[0]
