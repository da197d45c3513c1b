"""Any number of articles and comments, for measuring. It adds up to the number asked for.

Comments go past Django's models, straight into their table: without triggers and indexes, which are
made anew behind the last row. It is one transaction, so it is all there or nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from articles.models import Article, Category
from comments import triggers
from comments.choices import Complaint, Queue, Reason, Status
from comments.learning.ranks import HOT, NEUTRAL, STEADY
from comments.models import Comment, Decision, Report, Sender, WordRule
from comments.signals import comments_changed
from newsroom.demo import content
from newsroom.demo.crowd import COMMENTS_PER_READER, Crowd, Reader, Words
from newsroom.roles import MODERATOR

ARTICLES_AT_ONCE = 500
COMMENTS_AT_ONCE = 5_000
MINUTES_BETWEEN_ARTICLES = 20
DAYS_OF_COMMENTS = 90
OPENERS = 3 / 4  # the rest are answers, where there is something to answer
RECENT = 4 / 5  # from here on, half of the comments still wait
# Plain words from here on: members of an enumeration cost more than the rest of a row.
PENDING, APPROVED = Status.PENDING.value, Status.APPROVED.value
RULE, REPORTED, DECIDED_BY_HAND = Queue.RULE.value, Queue.REPORTED.value, Reason.MODERATOR.value
WAITING = {"first": 50, "known": 32, "sample": 10, RULE: 7, "escalated": 1}
DECIDED = {APPROVED: 83, "rejected": 11, "spam": 6}
REASONS = {"first": "held", "known": "held", "sample": "sample", RULE: "rule", "escalated": "escalated"}
REPORTED_SHARE = 0.006  # of the approved
PHRASE = "بدون دليل"
Show = Callable[[int, int], None]


def fill_articles(count: int, show: Show) -> int:
    """Publish articles until there are `count`; tell `show(done, all)`. The number added."""
    missing = count - Article.objects.count()
    rows, categories = content.articles(), list(Category.objects.order_by("pk"))
    newest = timezone.now()
    for done in range(0, missing, ARTICLES_AT_ONCE):
        numbers = range(done, min(done + ARTICLES_AT_ONCE, missing))
        Article.objects.bulk_create(_article(number, rows, categories, newest) for number in numbers)
        show(numbers.stop, missing)
    return max(missing, 0)


def _article(number: int, rows: list[dict[str, Any]], categories: list[Category], newest: datetime) -> Article:
    row = rows[number % len(rows)]
    return Article(
        title=f"{row['title']} ({number})",
        summary=row["summary"],
        body=content.to_html(row["body"]),
        category=categories[number % len(categories)],
        status=Article.Status.PUBLISHED,
        published_at=newest - timedelta(minutes=MINUTES_BETWEEN_ARTICLES * (number + 1)),
    )


def fill_comments(count: int, show: Show) -> int:
    """Add comments until there are `count`, with their log; tell `show(done, all)`. The number added."""
    missing = count - Comment.objects.count()
    if missing <= 0:
        return 0
    with transaction.atomic(), _bare_tables():
        load = CommentLoad(missing)
        for done in range(0, missing, COMMENTS_AT_ONCE):
            load.write(range(done, min(done + COMMENTS_AT_ONCE, missing)))
            show(min(done + COMMENTS_AT_ONCE, missing), missing)
    load.confirm_some()
    return missing


class CommentLoad:
    """One run: `total` comments of the last ninety days, the newest last."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.start = timezone.now() - timedelta(days=DAYS_OF_COMMENTS)
        self.step = timedelta(days=DAYS_OF_COMMENTS) / total
        self.crowd = Crowd(total // COMMENTS_PER_READER)
        self.chance = self.crowd.chance
        self.articles = list(Article.objects.published().values_list("pk", flat=True)[:20_000])
        self.hot = set(Article.objects.published().hot().values_list("pk", flat=True))
        self.openers: dict[int, int] = {}  # the last approved one of each article
        self.next_key = (Comment._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.moderator = User.objects.get(username=MODERATOR).pk
        self.rule = WordRule.objects.get_or_create(phrase=PHRASE)[0].pk
        self.comments, self.decisions, self.reports = Table(Comment), Table(Decision), Table(Report)

    def write(self, numbers: range) -> None:
        """Store the comments of these numbers with what the log says of them."""
        for number in numbers:
            self._comment(number)
        for table in (self.comments, self.decisions, self.reports):
            table.store()

    def _comment(self, number: int) -> None:
        key, at = self.next_key + number, stored_time(self.start + self.step * number)
        # The newest article is the busiest; a story has its share of hundreds.
        article = self.articles[int(len(self.articles) * self.chance.random() ** 2)]
        status, queue = self._place(number)
        parent = self.openers.get(article) if self.chance.random() > OPENERS else None
        if status == APPROVED and not parent:
            self.openers[article] = key
        reader, words = self.crowd.reader(), self.crowd.words(key)
        self.comments.add(
            id=key,
            article_id=article,
            parent_id=parent,
            status=status,
            queue=queue,
            rank=HOT + NEUTRAL if article in self.hot else STEADY + NEUTRAL,
            rule_id=self.rule if queue == RULE else None,
            submitted_at=at,
            **_written(reader, words, status),
        )
        self._decision(key, at, status, queue, words)
        if queue == REPORTED:
            self.reports.add(comment_id=key, complaint=self.chance.choice(Complaint.values), revision=1)

    def _place(self, number: int) -> tuple[str, str]:
        if number > RECENT * self.total and self.chance.random() < 0.5:
            return PENDING, self._drawn(WAITING)
        status = self._drawn(DECIDED)
        reported = status == APPROVED and self.chance.random() < REPORTED_SHARE
        return status, REPORTED if reported else ""

    def _drawn(self, shares: dict[str, int]) -> str:
        return self.chance.choices(list(shares), list(shares.values()))[0]

    def _decision(self, key: int, at: Any, status: str, queue: str, words: Words) -> None:
        waits, by_rule = status == PENDING, queue == RULE
        self.decisions.add(
            comment_id=key,
            act=f"{key:032x}",
            by_id=None if waits else self.moderator,
            from_status="" if waits else PENDING,
            to_status=status,
            reason=REASONS.get(queue, DECIDED_BY_HAND),
            rule_id=self.rule if by_rule else None,
            detail=PHRASE if by_rule else "",
            text_hash=words.hash,
            at=at,
        )

    def confirm_some(self) -> None:
        """Every third address was confirmed by its owner."""
        digests = [reader.email_digest for reader in self.crowd.readers[::3]]
        for start in range(0, len(digests), 500):
            Sender.objects.filter(email_digest__in=digests[start : start + 500]).update(verified_at=self.start)


def _written(reader: Reader, words: Words, status: str) -> dict[str, str]:
    return {
        "name": reader.name,
        "email": reader.email,
        "email_digest": reader.email_digest,
        "ip_digest": reader.ip_digest,
        "network": reader.network,
        "text": words.text,
        "text_digest": words.digest,
        "folded": f"{reader.name_stems}\n{words.stems}",
        "html": words.html if status == APPROVED else "",
    }


class Table:
    """Rows on their way into the table of `model`; a column that is not named gets its default."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.fields = {field.column: field for field in fields if field.column != "id" or model is Comment}
        self.defaults = {
            name: field.get_db_prep_save(field.get_default(), connection) for name, field in self.fields.items()
        }
        for name, field in self.fields.items():
            if getattr(field, "auto_now_add", False):
                self.defaults[name] = stored_time(timezone.now())
        names = ", ".join(connection.ops.quote_name(str(name)) for name in self.fields)
        marks = ", ".join(["%s"] * len(self.fields))
        self.statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608 (our own names)
        self.rows: list[tuple[Any, ...]] = []

    def add(self, **values: Any) -> None:
        self.rows.append(tuple((self.defaults | values).values()))

    def store(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.statement, self.rows)
        self.rows.clear()


def _default(field: models.Field) -> Any:
    value = timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()
    return field.get_db_prep_save(value, connection)


def stored_time(at: datetime) -> Any:
    """`at` as the database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


@contextmanager
def _bare_tables() -> Iterator[None]:
    """The tables of comments without triggers and indexes; afterwards with both, and with right numbers."""
    tables = (Comment, Decision)
    names = [model._meta.db_table for model in tables]
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA cache_size = -400000")  # kB, for as long as this connection lasts
    connection.check_constraints(names)  # PostgreSQL alters no table whose rows it has yet to check
    triggers.remove(connection)
    _drop_indexes(tables)
    yield
    connection.check_constraints(names)
    _make_indexes(tables)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
    triggers.install(connection)
    triggers.recount(connection)
    comments_changed.send(sender=Comment, articles=frozenset())


def _drop_indexes(tables: tuple[type[models.Model], ...]) -> None:
    with connection.cursor() as cursor:
        for model in tables:
            for index in model._meta.indexes:
                cursor.execute(f"DROP INDEX {connection.ops.quote_name(index.name)}")


def _make_indexes(tables: tuple[type[models.Model], ...]) -> None:
    editor = connection.schema_editor()
    with connection.cursor() as cursor:
        for model in tables:
            for index in model._meta.indexes:
                cursor.execute(str(index.create_sql(model, editor)))
