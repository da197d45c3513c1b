"""Choosing a password by a link: the invited, and those who forgot theirs."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.http import private_page
from newsroom.staff.forms import AddressForm
from newsroom.staff.links import INVITATION, RESET, Link
from newsroom.staff.pages import page, posted
from newsroom.staff.people import ask_for_reset


@private_page
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password. Nobody learns whether an address is known."""
    form, status = AddressForm(posted(request)), 200
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if ratelimit.consume(request, action="reset_password", key=address.lower()):
            ask_for_reset(address)
            return HttpResponseRedirect(reverse("admin:reset_sent"))
        form.add_error("email", _("There were too many requests. Try again in an hour."))
        status = 429
    return page(request, "forgotten", _("Forgotten password"), status, form=form)


@private_page
def reset_sent(request: HttpRequest) -> HttpResponse:
    return page(request, "sent", _("Look into your mailbox"))


@private_page
def invitation(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The first password, by the link of an invitation."""
    return _choose(request, INVITATION, key, token)


@private_page
def reset(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """A new password, by a mailed link. It ends every session of the account and leaves the second factor."""
    return _choose(request, RESET, key, token)


def _choose(request: HttpRequest, link: Link, key: str, token: str) -> HttpResponse:
    person = link.holder(key, token)
    if person is None:
        return page(request, "ended", _("This link has ended"), 404, is_invitation=link is INVITATION)
    form = SetPasswordForm(person, posted(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your password is stored. Log in with it."))
        return HttpResponseRedirect(reverse("admin:login"))
    return page(request, "choose_password", _("Choose a password"), form=form, person=person)
