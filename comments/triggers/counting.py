"""Counting comments: by status, queue, article, sender and thread."""

from django.db import connection

from comments.triggers.trigger import POSTGRESQL, Trigger, function

COUNTED = ("status", "queue", "article_id", "parent_id", "email_digest")  # a change of no other moves a number
TABLES = {"comments_comment", "comments_tally", "comments_articletally", "comments_sender"}

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

TURN = "pg_advisory_xact_lock(hashtext('comments_count'))"
RECOUNT = """
DELETE FROM comments_tally WHERE key LIKE 'status:%' OR key LIKE 'queue:%';
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


def take_turn() -> None:
    """Wait until nobody else counts comments, for the rest of the transaction under way.

    The triggers do the same; whoever locks rows of comments before writing calls this first, so that
    two moderators never hold what the other waits for. SQLite lets one writer in at a time anyway.
    """
    if connection.vendor == POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {TURN}")


def _count(row: str, sign: str, truth: str = "") -> str:
    return COUNT.replace("ROW", row).replace("SIGN", sign).replace("TRUTH", truth)


_MORE, _LESS = _count("NEW", "+"), _count("OLD", "-")
_CHANGED = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in COUNTED)
TRIGGERS = [
    Trigger("comments_count_insert", "comments_comment", "AFTER INSERT", _MORE, "comments_count"),
    Trigger("comments_count_delete", "comments_comment", "AFTER DELETE", _LESS, "comments_count"),
    Trigger(
        "comments_count_update",
        "comments_comment",
        f"AFTER UPDATE OF {', '.join(COUNTED)}",
        _LESS + _MORE,
        "comments_count",
        _CHANGED,
    ),
]
FUNCTIONS = [
    function(
        "comments_count",
        f"PERFORM {TURN};"
        f"IF TG_OP <> 'INSERT' THEN {_count('OLD', '-', '::int')} END IF;"
        f"IF TG_OP <> 'DELETE' THEN {_count('NEW', '+', '::int')} END IF;"
        "RETURN NULL;",
    )
]
