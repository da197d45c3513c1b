"""The stored rules, compiled once for each process and again whenever one changes."""

from comments.models import Tally, WordRule
from comments.rules.matcher import Rule, RuleSet
from comments.triggers.versions import RULES_VERSION

_compiled: tuple[int | None, RuleSet] | None = None


def load_rules() -> RuleSet:
    """All rules that are switched on. One query where none has changed since the last call.

    The database gives the rules another version with any change of them, whoever makes it
    (comments/triggers.py). Scope and date are the caller's to ask: see `in_force`.
    """
    global _compiled
    version = Tally.objects.filter(pk=RULES_VERSION).values_list("value", flat=True).first()
    if _compiled is None or _compiled[0] != version:
        _compiled = version, RuleSet(map(rule_of, WordRule.objects.filter(is_active=True).order_by("pk")))
    return _compiled[1]


def rule_of(stored: WordRule) -> Rule:
    """What the matcher needs of a stored rule, or of one that is not stored yet."""
    return Rule(
        key=stored.pk or 0,
        phrase=stored.phrase,
        action=stored.action,
        allowed=tuple(stored.allowed.splitlines()),
        article=stored.article_id,
        category=stored.category_id,
        until=stored.until,
    )
