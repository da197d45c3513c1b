"""Who may open the desk, and which of its queues are theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from articles.http import private_page
from comments.choices import Queue

View = Callable[..., HttpResponseBase]
MODERATE = "comments.change_comment"
DECIDE_ESCALATED = "comments.decide_escalated"


def queues_of(user: Any) -> tuple[Queue, ...]:
    """The queues that `user` decides on, the most urgent first; empty for whom the desk is closed."""
    may_moderate, may_decide_escalated = user.has_perm(MODERATE), user.has_perm(DECIDE_ESCALATED)
    return tuple(each for each in Queue if (may_decide_escalated if each is Queue.ESCALATED else may_moderate))


def desk_page(*permissions: str) -> Callable[[View], View]:
    """A page or an act of the desk, for members of staff who have one of `permissions`; never stored.

    Whoever is not logged in is sent to the admin's login. Others are refused before anything is
    looked up: what is absent and what is forbidden look the same.
    """
    needed = permissions or (MODERATE, DECIDE_ESCALATED)

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.user.has_perm(each) for each in needed):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return private_page(admin.site.admin_view(guarded))

    return mark
