"""python -m tests.posting prepare | crowd WRITERS POSTS | endless: readers who post comments through the real views.

For tests and measurements that need a database in a file and processes of their own; DATABASE_URL
names the file. What is learnt is printed as JSON, a line each.
"""

import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def set_up() -> None:
    """Start Django; GATE=off leaves out the gate before SQLite."""
    from django.conf import settings

    if os.environ.get("GATE") == "off" and settings.DATABASES["default"]["ENGINE"] == "newsroom.sqlite":
        settings.DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"
    import django

    django.setup()


def prepare() -> None:
    """A database with four articles that take comments."""
    from django.core.management import call_command

    from tests.factories import make_article

    call_command("migrate", verbosity=0)
    say(articles=[make_article().pk for _ in range(4)])


def posts(writer: int) -> Iterator[dict[str, Any]]:
    """Post for ever; after each, its text, the status of the answer, and how long it took, in milliseconds."""
    from django.test import Client

    from articles.models import Article
    from tests.factories import comment_data
    from tests.learning import known_comments

    client, articles = Client(), list(Article.objects.order_by("pk"))
    texts = [text for text, refused in known_comments() if not refused]
    for number in itertools.count():
        article = articles[(writer + number) % len(articles)]
        text = f"{texts[(writer * 31 + number) % len(texts)]} {os.getpid()} {writer} {number}"
        data = comment_data(article, text=text, email=f"writer{os.getpid()}-{writer}-{number}@example.ma")
        started = time.perf_counter()
        status = client.post(f"/news/{article.pk}/comments/", data).status_code
        yield {"text": text, "status": status, "ms": (time.perf_counter() - started) * 1e3}


def crowd(writers: int, count: int) -> None:
    """So many writers in threads of this process, each posting `count` comments; prints every answer.

    START, in the environment, is the moment at which they begin.
    """
    answers: list[dict[str, Any]] = []

    def write(writer: int) -> None:
        from django.db import connection

        ready.wait()
        time.sleep(max(float(os.environ.get("START", 0)) - time.time(), 0))
        answers.extend(itertools.islice(posts(writer), count))
        connection.close()

    ready = threading.Barrier(writers)
    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        say(**answer)


def endless() -> None:
    """Post until somebody ends this process; prints each answer at once."""
    for answer in posts(0):
        say(**answer)


def say(**values: Any) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    set_up()
    {"prepare": prepare, "crowd": crowd, "endless": endless}[sys.argv[1]](*map(int, sys.argv[2:]))
