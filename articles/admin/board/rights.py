"""Who may open the board."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from articles.http import private_page

View = Callable[..., HttpResponseBase]
CURATE = "articles.change_frontpageslot"


def board_page(view: View) -> View:
    """A page or an act of the board, for editors; never stored.

    Whoever is not logged in is sent to the admin's login. Others are refused before anything is looked up.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CURATE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return private_page(admin.site.admin_view(guarded))
