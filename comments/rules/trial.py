"""A word rule tried on the comments of the last thirty days, before it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from articles.arabic import fold
from comments.models import Comment, WordRule
from comments.rules import RuleSet
from comments.rules.affixes import COMMON
from comments.rules.lookalikes import unmask
from comments.rules.store import rule_of

PERIOD = timedelta(days=30)
MOST = 5_000  # comments, the newest
MOST_EXAMPLES = 20
AROUND = 80  # characters shown on each side of what was met
BROAD = 0.01  # of the comments: what meets more than these is read before it is stored


@dataclass(frozen=True)
class Example:
    """A comment that the rule meets, with the place."""

    name: str
    before: str
    met: str
    after: str


@dataclass
class Trial:
    """What a rule would have met. `is_cut` where there were more comments than were looked at."""

    seen: int = 0
    met: int = 0
    is_cut: bool = False
    is_everyday: bool = False
    examples: list[Example] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The part of the comments that it meets, from 0 to 1."""
        return self.met / self.seen if self.seen else 0.0

    @property
    def percentage(self) -> float:
        return round(100 * self.share, 2)

    @property
    def meets_all(self) -> bool:
        return self.met == self.seen > 1

    @property
    def is_broad(self) -> bool:
        """Whether it meets so much that somebody must want that."""
        return self.is_everyday or self.meets_all or (self.met > 1 and self.share > BROAD)


def try_rule(rule: WordRule, most: int = MOST) -> Trial:
    """Try `rule`, stored or not, on the newest comments of its scope, `most` of them and no more."""
    rules = RuleSet([rule_of(rule)])
    trial = Trial(is_everyday=is_everyday(rule.phrase))
    for comment in _comments(rule, most, trial):
        trial.seen += 1
        example = _example(rules, comment)
        if example:
            trial.met += 1
            trial.examples += [example] if len(trial.examples) < MOST_EXAMPLES else []
    return trial


def is_everyday(phrase: str) -> bool:
    """Whether `phrase` is nothing but words of almost every comment, or a single letter."""
    words = fold(unmask(phrase)).split()
    return all(word in COMMON for word in words) or sum(map(len, words)) < 2


def _comments(rule: WordRule, most: int, trial: Trial) -> Iterable[Comment]:
    """By key, which is an index that every comment is in; keys follow the time."""
    comments = Comment.objects.order_by("-pk").select_related("article")
    if rule.article_id:
        comments = comments.filter(article=rule.article_id)
    since = timezone.now() - PERIOD
    found = list(comments.only("name", "text", "submitted_at", "article__category")[: most + 1])
    recent = [comment for comment in found if comment.submitted_at > since]
    trial.is_cut = len(recent) > most
    return [each for each in recent[:most] if rule.category_id in (None, each.article.category_id)]


def _example(rules: RuleSet, comment: Comment) -> Example | None:
    for text in (comment.name, comment.text):
        for hit in rules.hits(text)[:1]:
            start, end = max(0, hit.start - AROUND), hit.end + AROUND
            before = ("…" if start else "") + text[start : hit.start]
            after = text[hit.end : end] + ("…" if end < len(text) else "")
            return Example(comment.name, before, text[hit.start : hit.end], after)
    return None
