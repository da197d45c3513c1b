"""What nobody may change: the logs, and comments that are kept for legal reasons with their originals."""

from comments.triggers.trigger import Trigger, function

LOGS = ("comments_decision", "comments_addresslook")
TABLES = {*LOGS, "comments_commentrevision"}

APPEND_ONLY = "this log is append-only"
HELD = "this comment is kept for legal reasons"
_HELD_COMMENT = "EXISTS (SELECT 1 FROM comments_comment WHERE id = OLD.comment_id AND legal_hold)"
# Not the address itself: it is encrypted anew when the keys rotate.
KEPT = ("text", "name", "email_digest", "ip_digest", "network")
_CHANGES = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in KEPT)
_REFUSE = "SELECT RAISE(ABORT, '{}');"
_RAISE = "RAISE EXCEPTION '{}' USING ERRCODE = 'integrity_constraint_violation';"

TRIGGERS = [
    *(
        Trigger(f"{log}_kept_{to}", log, f"BEFORE {to.upper()}", _REFUSE.format(APPEND_ONLY), "comments_keep_log")
        for log in LOGS
        for to in ("update", "delete")
    ),
    Trigger(
        "comments_held_delete",
        "comments_comment",
        "BEFORE DELETE",
        _REFUSE.format(HELD),
        "comments_keep_held",
        "OLD.legal_hold",
    ),
    Trigger(
        "comments_held_text",
        "comments_comment",
        f"BEFORE UPDATE OF {', '.join(KEPT)}",
        _REFUSE.format(HELD),
        "comments_keep_held",
        f"OLD.legal_hold AND NEW.legal_hold AND ({_CHANGES})",
    ),
    Trigger(
        "comments_held_original",
        "comments_commentrevision",
        "BEFORE DELETE",
        _REFUSE.format(HELD),
        "comments_keep_original",
        _HELD_COMMENT,
        looks_elsewhere=True,
    ),
]
FUNCTIONS = [
    function("comments_keep_log", _RAISE.format(APPEND_ONLY)),
    function("comments_keep_held", _RAISE.format(HELD)),
    function("comments_keep_original", f"IF NOT {_HELD_COMMENT} THEN RETURN OLD; END IF; {_RAISE.format(HELD)}"),
]
