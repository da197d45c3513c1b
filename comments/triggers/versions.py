"""A number that is another one after each change of a word rule, so that processes know when to read them anew."""

from comments.triggers.trigger import Trigger, function

RULES_VERSION = "rules"  # the key in Tally
COLUMNS = ("phrase", "action", "allowed", "article_id", "category_id", "until", "is_active")
TABLES = {"comments_wordrule", "comments_tally"}

# By chance and not by counting: a number that was rolled back must not come again for other rules.
_RENEW = """
INSERT INTO comments_tally (key, value) VALUES ('rules', NUMBER)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value;
"""
_EVENTS = {"insert": "INSERT", "delete": "DELETE", "update": f"UPDATE OF {', '.join(COLUMNS)}"}
TRIGGERS = [
    Trigger(
        f"comments_rules_{change}",
        "comments_wordrule",
        f"AFTER {event}",
        _RENEW.replace("NUMBER", "abs(random() % 2147483647)"),
        "comments_rules",
        each="STATEMENT",
    )
    for change, event in _EVENTS.items()
]
FUNCTIONS = [
    function("comments_rules", _RENEW.replace("NUMBER", "(random() * 2147483646)::int") + "RETURN NULL;"),
]
