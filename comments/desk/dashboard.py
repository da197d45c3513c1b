"""The dashboard: who carries how much, what others reversed, what waits, and what the rules are worth."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, FloatField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comments.choices import Queue
from comments.desk.pages import show
from comments.desk.queues import waiting
from comments.desk.requests import open_requests
from comments.desk.rights import MODERATE, desk_page
from comments.models import WordRule
from comments.moderation.workload import DAYS, SAMPLE, Load, days_shown, loads

MOST_RULES = 100


@dataclass(frozen=True)
class Agreement:
    """How often moderators decided as the learner would have."""

    agreed: int
    scored: int

    @property
    def share(self) -> float:
        return share(self.agreed, self.scored)


@desk_page(MODERATE, "comments.decide_escalated")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    people = loads(now)
    context: dict[str, Any] = {
        "now": now,
        "days": days_shown(now),
        "period": DAYS,
        "sample": SAMPLE,
        "people": [(each, share(each.overturned, each.sampled), minutes(each)) for each in people],
        "queues": waiting(list(Queue)),
        "requests": open_requests(),
        "rules": list(_rules()[:MOST_RULES]),
        "agreement": Agreement(sum(each.agreed for each in people), sum(each.scored for each in people)),
    }
    return show(request, "dashboard", _("Dashboard"), **context)


def share(part: int, whole: int) -> float:
    """A percentage; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def minutes(load: Load) -> int | None:
    """The median time to a decision, in whole minutes, at least one."""
    return max(1, round(load.wait.total_seconds() / 60)) if load.wait is not None else None


def _rules() -> QuerySet[WordRule]:
    """Those that met anything, the one that met something last first."""
    overturned = Case(
        When(hits__gt=0, then=100.0 * F("overturned") / F("hits")), default=Value(0.0), output_field=FloatField()
    )
    return WordRule.objects.filter(hits__gt=0).annotate(share=overturned).order_by("-last_hit_at", "-pk")
