"""Whether an article takes comments now, how it shows them, and what readers are told."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from articles.wording import counted
from comments.choices import Mode
from comments.models import Policy


@dataclass(frozen=True)
class Openness:
    """Whether comments are taken; if not, the sentence that says why. `message` is the newsroom's own."""

    is_open: bool
    reason: str = ""
    message: str = ""
    mode: Mode = Mode.PRE


def openness_for(article: Article, now: datetime | None = None) -> Openness:
    """How `article` takes comments at `now` (the present, unless told), by its closest policy; one query."""
    policy = policy_for(article)
    reason = _closed_because(policy, article, now or timezone.now())
    return Openness(not reason, reason, policy.message, Mode(policy.mode))


def mode_for(article: Article) -> Mode:
    """How `article` takes comments now; closed, whatever it is that closes it."""
    openness = openness_for(article)
    return openness.mode if openness.is_open else Mode.CLOSED


def policy_for(article: Article) -> Policy:
    """The article's own policy, else its main category's, else the site's, else an unstored one with the defaults."""
    scopes = Q(article=article) | Q(category=article.category_id) | Q(article=None, category=None)
    return min(Policy.objects.filter(scopes), key=_closeness, default=Policy())


def _closeness(policy: Policy) -> int:
    if policy.article_id:
        return 0
    return 1 if policy.category_id else 2


def _closed_because(policy: Policy, article: Article, now: datetime) -> str:
    """The sentence for readers; empty where nothing closes the article."""
    if policy.mode == Mode.CLOSED:
        return _("Comments on this article are closed.")
    if policy.frozen:
        return _("No new comments are taken here for now.")
    if _is_too_old(policy, article, now):
        return _closed_after(policy.close_after_days or 0)
    return _closed_by_hours(policy, timezone.localtime(now).time())


def _closed_after(days: int) -> str:
    sentence = ngettext(
        "Comments closed %(count)s day after publication.",
        "Comments closed %(count)s days after publication.",
        days,
    )
    return counted(sentence, days)


def _is_too_old(policy: Policy, article: Article, now: datetime) -> bool:
    if policy.close_after_days is None or article.published_at is None:
        return False
    return now >= article.published_at + timedelta(days=policy.close_after_days)


def _closed_by_hours(policy: Policy, clock: time) -> str:
    """Open from the opening on, up to the closing; equal hours never close."""
    opens, closes = policy.opens_at, policy.closes_at
    if opens is None or closes is None or opens == closes:
        return ""
    is_open = opens <= clock < closes if opens < closes else clock >= opens or clock < closes
    hours = {"opens": time_format(opens), "closes": time_format(closes)}
    return "" if is_open else _("Comments are taken from %(opens)s to %(closes)s.") % hours
