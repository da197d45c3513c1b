"""Which state a new comment gets, and why. Editors change their minds here, nowhere else."""

from dataclasses import dataclass

from django.db.models import Q

from articles.models import Article
from comments.choices import Mode, Reason, Status
from comments.models import Policy


@dataclass(frozen=True)
class Verdict:
    """The state of a new comment and the step of the policy that gave it."""

    status: Status
    reason: Reason


def mode_for(article: Article) -> Mode:
    """How `article` takes comments: its own policy, else its main category's, else the site's."""
    scopes = Q(article=article) | Q(category=article.category_id) | Q(article=None, category=None)
    policies = sorted(Policy.objects.filter(scopes), key=_closeness)
    return Mode(policies[0].mode) if policies else Mode.PRE


def decide(article: Article, *, honeypot: bool) -> Verdict:
    """The first step that has something to say decides; otherwise the comment is held.

    `honeypot` tells that the field which readers do not see came filled in.
    """
    if honeypot:
        return Verdict(Status.SPAM, Reason.HONEYPOT)
    if mode_for(article) == Mode.POST:
        return Verdict(Status.APPROVED, Reason.POST_MODERATED)
    return Verdict(Status.PENDING, Reason.HELD)


def _closeness(policy: Policy) -> int:
    if policy.article_id:
        return 0
    return 1 if policy.category_id else 2
