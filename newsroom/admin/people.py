"""People and their roles."""

from typing import Any

from allauth.account.admin import EmailAddress  # its import registers what is taken out below
from allauth.mfa.admin import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, SetUnusablePasswordMixin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import EmailField, Field, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from articles.admin.folded import first_words
from articles.bidi import isolate
from articles.http import private_page
from newsroom.admin.people_forms import InvitationForm, PersonForm
from newsroom.admin.roles import RoleFilter, RolesField
from newsroom.staff import people, second_factor

admin.site.unregister(User)
admin.site.unregister(Group)  # roles are kept by `sync_roles`, not by hand
admin.site.unregister(Authenticator)  # secrets
admin.site.unregister(EmailAddress)  # unused


class PasswordForm(AdminPasswordChangeForm):
    """Django's, with the warning that it says in English alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:
            # The element that Django's script shows and hides.
            self.fields["usable_password"].help_text = format_html(
                '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
                SetUnusablePasswordMixin.usable_password_help_text,
                _("If disabled, the current password for this user will be lost."),
            )


@admin.register(User)
class StaffAdmin(UserAdmin):
    """People and their roles. They come by invitation; nobody is deleted, and nobody raises their own rights."""

    add_form = InvitationForm
    add_form_template = "admin/auth/user/invite.html"
    add_fieldsets = ((None, {"fields": ("username", "first_name", "last_name", "email", "groups")}),)
    form = PersonForm
    change_form_template = "admin/auth/user/person.html"
    change_password_form = PasswordForm
    list_display = ("username", "first_name", "last_name", "state", "has_second_factor", "last_login")
    list_filter = ("is_active", ("groups", RoleFilter))
    filter_horizontal = ()
    actions = ("deactivate_people", "activate_people")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "groups")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = second_factor.with_standing(super().get_queryset(request))
        return found if request.user.is_superuser else found.filter(is_superuser=False)

    @admin.display(description=_("state"), ordering="is_active")
    def state(self, person: User) -> Any:
        if not person.is_active:
            return pgettext_lazy("person", "deactivated")
        if people.is_invited(person):
            return pgettext_lazy("person", "invited")
        return pgettext_lazy("person", "active") if person.last_login else pgettext_lazy("person", "never logged in")

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, person: Any) -> bool:
        return person.has_factor

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, first_words(search_term))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and (db_field.name == User.USERNAME_FIELD or isinstance(db_field, EmailField)):
            field.widget.attrs["dir"] = "ltr"
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return RolesField(label=_("Roles")) if db_field.name == "groups" else None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        if obj is None or (request.user.is_superuser and obj != request.user):
            return found
        return [(None, {"fields": ("username",)}), *found[1:]]  # without the button to set a password

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("is_active", "is_staff", "groups") if obj == request.user else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.acting = request.user
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            people.invite(obj)
        elif "is_active" in form.changed_data and not obj.is_active:
            people.end_work(obj)

    def get_urls(self) -> list[Any]:
        acts = {"invite": self.invite_again, "reset-second-factor": self.reset_second_factor}
        acts["new-password"] = self.send_password_link
        own = [
            path(
                f"<path:pk>/{name}/", private_page(self.admin_site.admin_view(view)), name=f"auth_user_{view.__name__}"
            )
            for name, view in acts.items()
        ]
        return own + super().get_urls()

    def invite_again(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Another mail to who has not chosen a password yet."""
        person = self._other(request, pk)
        if not people.is_invited(person):
            raise Http404("not invited")
        return self._confirm(request, person, people.invite, _text("Send the invitation again"))

    def reset_second_factor(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Take a lost second factor away. The sessions of the person end."""
        person = self._other(request, pk)
        if not person.has_factor:
            raise Http404("no second factor")
        return self._confirm(request, person, second_factor.reset, _text("Reset the second factor"))

    def send_password_link(self, request: HttpRequest, pk: str) -> HttpResponse:
        """A mail with a link for a new password. What they choose, they alone know."""
        person = self._other(request, pk)
        if not people.may_choose_anew(person):
            raise Http404("no password to replace")
        return self._confirm(request, person, people.send_reset, _text("Send a link for a new password"))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """A superuser sets others' passwords by hand, as who sets one can log in; one's own asks for the old one."""
        person = self.get_object(request, unquote(id))
        if person == request.user and self.has_change_permission(request, person):
            return HttpResponseRedirect(reverse("admin:password_change"))
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def _other(self, request: HttpRequest, pk: str) -> Any:
        """Somebody else, whom the person who asks may change."""
        person = self.get_object(request, pk)
        if person is None or person == request.user or not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def _confirm(self, request: HttpRequest, person: Any, act: Any, title: str) -> HttpResponse:
        """Ask on GET, act on POST and log it."""
        address = reverse("admin:auth_user_change", args=[person.pk])
        if request.method == "POST":
            with transaction.atomic():
                act(person)
                self.log_change(request, person, title)
            self.message_user(request, _text("Done: %(act)s.") % {"act": title}, messages.SUCCESS)
            return HttpResponseRedirect(address)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": person, "title": title}
        context |= {"act": act.__name__, "back": address}
        return TemplateResponse(request, "admin/auth/user/confirm.html", context)

    @admin.action(description=_("Deactivate the selected people"), permissions=["change"])
    def deactivate_people(self, request: HttpRequest, chosen: QuerySet) -> None:
        done = self._each(request, chosen.filter(is_active=True), people.deactivate, _text("Deactivated."))
        text = ngettext("%(count)d person was deactivated.", "%(count)d people were deactivated.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS if done else messages.WARNING)

    @admin.action(description=_("Activate the selected people"), permissions=["change"])
    def activate_people(self, request: HttpRequest, chosen: QuerySet) -> None:
        done = self._each(request, chosen.filter(is_active=False), people.activate, _text("Activated."))
        text = ngettext("%(count)d person was activated.", "%(count)d people were activated.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS if done else messages.WARNING)

    def _each(self, request: HttpRequest, chosen: QuerySet, act: Any, note: str) -> int:
        """Do `act` to each that it may be done to, log it, tell why of the others; gives how many it was done to."""
        done = 0
        for person in chosen.order_by("pk"):
            try:
                act(person, request.user)
            except ValidationError as error:
                text = f"{isolate(person.get_username())}: {error.messages[0]}"
                self.message_user(request, text, messages.ERROR)
            else:
                self.log_change(request, person, note)
                done += 1
        return done
