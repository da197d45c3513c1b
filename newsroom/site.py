"""The admin site that journalists, editors and moderators share."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog


class LoginForm(AdminAuthenticationForm):
    """Names of accounts are Latin; they read left to right in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["dir"] = "ltr"


class PortalAdminSite(AdminSite):
    """Django's admin under the portal's name."""

    site_title = _("Newsroom")
    site_header = _("Newsroom")
    index_title = _("Desk")
    enable_nav_sidebar = False
    login_form = LoginForm

    def i18n_javascript(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The words of the admin's scripts, and those of the writing surface, which Django leaves out."""
        return JavaScriptCatalog.as_view()(request)  # type: ignore[return-value]
