"""python -m tests.bench.desk [--comments N] [--pending N]: what the desk costs with many comments."""

import argparse
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from tests.bench import database
from tests.bench.console import progress, table

database.set_up()

from django.db import connection, transaction  # noqa: E402 (Django must be set up first)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from comments import triggers  # noqa: E402
from comments.choices import Queue, Reason, Status  # noqa: E402
from comments.models import Comment, Decision  # noqa: E402
from comments.privacy import SealedAddress, digest, encrypt  # noqa: E402
from tests.factories import make_article, make_user  # noqa: E402

BATCH = 5_000
ARTICLES = 200
SENDERS = 50_000
ROUNDS = 9
DESK = "/admin/comments/desk/"
TEXT = "هذا تعليق من قارئ على المقال، فيه رأي وسؤال عن الأرقام التي نشرت أمس. "
QUEUES = [Queue.REPORTED, Queue.RULE, Queue.FIRST, Queue.FIRST, Queue.KNOWN, Queue.KNOWN, Queue.KNOWN, Queue.SAMPLE]


def load(count: int, pending: int) -> None:
    """Write `count` comments, the last `pending` of them waiting; the numbers are counted at the end."""
    articles = [make_article() for _ in range(ARTICLES)]
    senders = [digest("bench", str(number)) for number in range(SENDERS)]
    email = encrypt("reader@example.ma")
    start = timezone.now() - timedelta(seconds=30 * count)
    triggers.remove(connection)
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        rows = [_comment(number, number >= count - pending, articles, senders, email, start) for number in numbers]
        with transaction.atomic():
            created = super(type(Comment.objects.all()), Comment.objects.all()).bulk_create(rows)
            Decision.objects.bulk_create(_decisions(created))
        progress("comments", first + len(rows), count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without it, SQLite counts each sender's comments by their status
    triggers.recount(connection)
    triggers.install(connection)


def _comment(number: int, is_pending: bool, articles: list[Any], senders: list[str], email: str, start: Any) -> Comment:
    status = Status.PENDING if is_pending else (Status.APPROVED, Status.APPROVED, Status.REJECTED)[number % 3]
    comment = Comment(
        article=articles[number * 7 % ARTICLES],
        name=f"قارئ {number}",
        text=TEXT * (1 + number % 5),
        folded="",
        text_digest=f"{number % 400_000:064d}",
        email_digest=senders[number * 31 % SENDERS],
        status=status,
        html="<p>.</p>" if status == Status.APPROVED else "",
        queue=QUEUES[number % len(QUEUES)] if is_pending else "",
        rank=50 + number % 100,
        submitted_at=start + timedelta(seconds=30 * number),
        network=f"10.{number % 97}.0.0/16",
        # A sixth of them answers a comment of the same article; keys count from one in an empty database.
        parent_id=number - ARTICLES + 1 if number % (2 * ARTICLES) >= ARTICLES and number % 3 == 0 else None,
        group=number // 40 if number % 4 == 0 else None,
        score=number % 100 / 100,
        signs=[{"piece": "قار", "weight": 1.5}, {"piece": "مقا", "weight": -1.0}],
    )
    comment.email = SealedAddress.of(email)
    return comment


def _decisions(comments: list[Comment]) -> Iterator[Decision]:
    for comment in comments:
        yield Decision(
            comment=comment, act=uuid.uuid4(), to_status=comment.status, reason=Reason.HELD, text_hash="0" * 64
        )


def measured(ask: Callable[[], Any]) -> str:
    """The median and the worst time of `ask`, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1e3)
    return f"{statistics.median(times):.0f} / {max(times):.0f}"


def pages(client: Client) -> list[tuple[str, str]]:
    """Whole answers of the desk."""
    place = f"120-{int(timezone.now().timestamp() - 3600) * 1_000_000}-1"
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    addresses = {
        "the desk": DESK,
        **{f"queue {queue}": f"{DESK}?queue={queue}" for queue in ("rule", "known")},
        "far down a queue": f"{DESK}?queue=known&after={place}",
        "what is new": f"{DESK}news/?queue=known&since={since.replace('+', '%2B')}",
        "my last decisions": f"{DESK}recent/",
    }

    def opened(address: str) -> Callable[[], None]:
        def ask() -> None:
            assert client.get(address).status_code == 200

        return ask

    return [(name, measured(opened(address))) for name, address in addresses.items()]


def decisions(client: Client) -> list[tuple[str, str]]:
    waiting = iter(Comment.objects.filter(queue=Queue.KNOWN).order_by("rank", "submitted_at", "pk")[: 2 * ROUNDS + 1])

    def decide() -> None:
        comment = next(waiting)
        data = {"act": str(uuid.uuid4()), "do": f"approve:one:{comment.pk}", f"seen-{comment.pk}": 1}
        answer = client.post(f"{DESK}decide/", data, headers={"accept": "application/json"})
        assert answer.json()["told"] == []

    def undo() -> None:
        client.post(f"{DESK}undo/", {}, headers={"accept": "application/json"})

    return [("a decision", measured(decide)), ("an undo", measured(undo))]


def plans(client: Client) -> Iterator[str]:
    """How the database goes about each query of the desk's page."""
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{DESK}?queue=known&after=120-1-1")
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) "
    with connection.cursor() as cursor:
        for query in captured:
            if "comments_" not in query["sql"]:
                continue
            yield f"{query['time']} s: {query['sql'][:80]}… {query['sql'][query['sql'].find(' FROM ') :][:160]}"
            cursor.execute(explain + query["sql"])
            yield from ("    " + str(row[-1]) for row in cursor.fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--pending", type=int, default=100_000)
    parser.add_argument("--plans", action="store_true")
    asked = parser.parse_args()
    translation.activate("ar")
    with database.scratch_database() as vendor:
        client = Client()
        client.force_login(make_user("moderator"))
        load(asked.comments, asked.pending)
        with CaptureQueriesContext(connection) as captured:
            client.get(DESK)
        rows = [("queries of the desk", str(len(captured))), *pages(client), *decisions(client)]
        table((f"{vendor}, {asked.comments:,} comments, {asked.pending:,} pending", "ms, median / worst"), rows)
        if asked.plans:
            print("\n".join(plans(client)))


if __name__ == "__main__":
    main()
