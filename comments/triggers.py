"""What the database itself does about comments: it counts them, and keeps the logs as they are.

Counted by triggers, the numbers are right after any write, a bulk one or one by hand, and after a
crash. SQLite loses a table's triggers where a migration alters that table, because Django copies it
then; therefore they are made anew after each `migrate`.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

COUNTED = ("status", "queue", "article_id", "parent_id", "email_digest")  # a change of no other moves a number
LOGS = ("comments_decision", "comments_addresslook")
NEEDED = {"comments_comment", "comments_tally", "comments_articletally", "comments_sender", *LOGS}

# For each comment that comes (SIGN +) or goes (SIGN -), as ROW tells it. `TRUTH` makes a number of a condition.
COUNT = """
INSERT INTO comments_tally (key, value) VALUES ('status:' || ROW.status, SIGN 1)
    ON CONFLICT (key) DO UPDATE SET value = comments_tally.value SIGN 1;
INSERT INTO comments_tally (key, value) SELECT 'queue:' || ROW.queue, SIGN 1 WHERE ROW.queue <> ''
    ON CONFLICT (key) DO UPDATE SET value = comments_tally.value SIGN 1;
INSERT INTO comments_articletally (article_id, approved, pending) VALUES (ROW.article_id, 0, 0)
    ON CONFLICT (article_id) DO NOTHING;
UPDATE comments_articletally SET
    approved = approved SIGN (ROW.status = 'approved')TRUTH,
    pending = pending SIGN (ROW.status = 'pending')TRUTH
    WHERE article_id = ROW.article_id AND ROW.status IN ('approved', 'pending');
INSERT INTO comments_sender (email_digest, first_seen)
    SELECT ROW.email_digest, ROW.submitted_at WHERE ROW.email_digest <> ''
    ON CONFLICT (email_digest) DO NOTHING;
UPDATE comments_sender SET
    pending = pending SIGN (ROW.status = 'pending')TRUTH,
    approved = approved SIGN (ROW.status = 'approved')TRUTH,
    rejected = rejected SIGN (ROW.status = 'rejected')TRUTH,
    spam = spam SIGN (ROW.status = 'spam')TRUTH
    WHERE email_digest = ROW.email_digest;
UPDATE comments_comment SET answers = answers SIGN 1
    WHERE id = ROW.parent_id AND ROW.status = 'approved';
"""
CHANGED = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in COUNTED)
WHEN_COUNTED = {
    "comments_count_insert": "AFTER INSERT ON comments_comment",
    "comments_count_delete": "AFTER DELETE ON comments_comment",
    "comments_count_update": f"AFTER UPDATE OF {', '.join(COUNTED)} ON comments_comment",
}
WHEN_KEPT = {f"{log}_kept_{to}": f"BEFORE {to.upper()} ON {log}" for log in LOGS for to in ("update", "delete")}

# One lock for all that count, taken after the rows of the comments: two moderators wait and never deadlock.
POSTGRESQL_COUNT = """
CREATE OR REPLACE FUNCTION comments_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('comments_count'));
    IF TG_OP <> 'INSERT' THEN LESS END IF;
    IF TG_OP <> 'DELETE' THEN MORE END IF;
    RETURN NULL;
END $$"""
POSTGRESQL_KEEP = """
CREATE OR REPLACE FUNCTION comments_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$"""
SQLITE_KEEP = "BEGIN SELECT RAISE(ABORT, 'this log is append-only'); END"

RECOUNT = """
DELETE FROM comments_tally;
DELETE FROM comments_articletally;
INSERT INTO comments_tally (key, value) SELECT 'status:' || status, COUNT(*) FROM comments_comment GROUP BY status;
INSERT INTO comments_tally (key, value)
    SELECT 'queue:' || queue, COUNT(*) FROM comments_comment WHERE queue <> '' GROUP BY queue;
INSERT INTO comments_articletally (article_id, approved, pending)
    SELECT article_id, SUM(CASE status WHEN 'approved' THEN 1 ELSE 0 END),
        SUM(CASE status WHEN 'pending' THEN 1 ELSE 0 END)
    FROM comments_comment GROUP BY article_id;
UPDATE comments_sender SET pending = 0, approved = 0, rejected = 0, spam = 0;
INSERT INTO comments_sender (email_digest, first_seen, pending, approved, rejected, spam)
    SELECT email_digest, MIN(submitted_at),
        SUM(CASE status WHEN 'pending' THEN 1 ELSE 0 END), SUM(CASE status WHEN 'approved' THEN 1 ELSE 0 END),
        SUM(CASE status WHEN 'rejected' THEN 1 ELSE 0 END), SUM(CASE status WHEN 'spam' THEN 1 ELSE 0 END)
    FROM comments_comment WHERE email_digest <> '' GROUP BY email_digest
    ON CONFLICT (email_digest) DO UPDATE SET pending = excluded.pending, approved = excluded.approved,
        rejected = excluded.rejected, spam = excluded.spam;
UPDATE comments_comment SET answers =
    (SELECT COUNT(*) FROM comments_comment c WHERE c.parent_id = comments_comment.id AND c.status = 'approved')
    WHERE answers <>
    (SELECT COUNT(*) FROM comments_comment c WHERE c.parent_id = comments_comment.id AND c.status = 'approved')
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Make all triggers of this module, in place of those that are there."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers of this module away."""
    with connection.cursor() as cursor:
        for name, when in (WHEN_COUNTED | WHEN_KEPT).items():
            where = f" ON {when.split()[-1]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def recount(connection: BaseDatabaseWrapper) -> None:
    """Count everything anew from the rows: for data that came in while there were no triggers."""
    with connection.cursor() as cursor:
        for statement in RECOUNT.split(";"):
            cursor.execute(statement)


def install_after_migrate(using: str, **kwargs: Any) -> None:
    """For `post_migrate`: the tables may be new, or have lost their triggers."""
    connection = connections[using]
    if set(connection.introspection.table_names()) >= NEEDED:
        install(connection)


def _count(row: str, sign: str, truth: str = "") -> str:
    return COUNT.replace("ROW", row).replace("SIGN", sign).replace("TRUTH", truth)


def _sqlite() -> list[str]:
    more, less = _count("NEW", "+"), _count("OLD", "-")
    bodies = {"insert": more, "delete": less, "update": less + more}
    statements = [f"CREATE TRIGGER {name} {when} {SQLITE_KEEP}" for name, when in WHEN_KEPT.items()]
    for name, when in WHEN_COUNTED.items():
        change = name.rpartition("_")[2]
        condition = f"WHEN {CHANGED.replace('IS DISTINCT FROM', 'IS NOT')}" if change == "update" else ""
        statements.append(f"CREATE TRIGGER {name} {when} {condition} BEGIN {bodies[change]} END")
    return statements


def _postgresql() -> list[str]:
    count = POSTGRESQL_COUNT.replace("LESS", _count("OLD", "-", "::int")).replace("MORE", _count("NEW", "+", "::int"))
    statements = [count, POSTGRESQL_KEEP]
    for name, when in WHEN_COUNTED.items():
        condition = f"WHEN ({CHANGED})" if name.endswith("update") else ""
        statements.append(f"CREATE TRIGGER {name} {when} FOR EACH ROW {condition} EXECUTE FUNCTION comments_count()")
    for name, when in WHEN_KEPT.items():
        statements.append(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION comments_keep_log()")
    return statements
