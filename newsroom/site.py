"""The admin site that journalists, editors and moderators share."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

# The index begins with what is opened most.
APPS = ("articles", "comments", "newsroom")
MODELS = ("Article", "Picture", "Category", "Tag", "Author", "ReaderLetter", "Page")


def _place(name: str, names: tuple[str, ...]) -> int:
    return names.index(name) if name in names else len(names)


class PortalAdminSite(AdminSite):
    """Django's admin under the portal's name, behind a second factor for who has or needs one."""

    site_title = _("Newsroom")
    site_header = _("Newsroom")
    index_title = _("Desk")
    enable_nav_sidebar = False

    @property
    def login_form(self) -> Any:  # type: ignore[override]
        from newsroom.staff.forms import LoginForm  # this module is loaded before any model

        return LoginForm

    def get_urls(self) -> list[Any]:
        account = path("account/", include("newsroom.staff.urls"))
        return [path("logout/", self.log_out, name="logout"), account, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"], MODELS))
        return sorted(apps, key=lambda app: _place(app["app_label"], APPS))

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether staff pages open. Views outside of the admin that serve staff must ask this, not `is_staff`."""
        from newsroom.staff.second_factor import missing

        return super().has_permission(request) and not missing(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The password; who gave it and lacks the second factor is led on to that."""
        from newsroom.staff import second_factor
        from newsroom.staff.forms import was_refused
        from newsroom.staff.pages import next_address

        if request.method == "GET" and super().has_permission(request) and not self.has_permission(request):
            return redirect_to_login(next_address(request), reverse(self._next_step(request)))
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            request.session.pop(second_factor.PASSED, None)  # of a login before, in the same browser
            second_factor.mark_confirmed(request)
        elif isinstance(response, TemplateResponse) and was_refused((response.context_data or {})["form"]):
            response.status_code = 429
        return response

    def _next_step(self, request: HttpRequest) -> str:
        from newsroom.staff.second_factor import Step, missing

        return "admin:second_factor" if missing(request) == Step.GIVE else "admin:second_factor_set_up"

    def log_out(self, request: HttpRequest) -> HttpResponse:
        """Also for a session that lacks its second factor, to which Django's own address is closed."""
        if not request.user.is_authenticated:
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        return self.logout(request)

    def i18n_javascript(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The words of the admin's scripts, and those of the writing surface, which Django leaves out."""
        return JavaScriptCatalog.as_view()(request)  # type: ignore[return-value]
