"""Giving a second factor, adding one, taking one away."""

import base64
import json
from typing import Any

from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.http import private_page
from newsroom.staff.forms import CodeForm, ConfirmForm, GivePasskeyForm, PasskeyForm, SetUpForm, was_refused
from newsroom.staff.pages import before_set_up, full_way, go_on, half_way, next_address, page, posted
from newsroom.staff.second_factor import Step, factors, mark_confirmed, mark_passed, missing, remove

SHOW_CODES = "show_recovery_codes"  # in the session: the codes were made in it and not noted yet


@half_way
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code or the passkey that a login still lacks."""
    if missing(request) != Step.GIVE:
        return go_on(request)
    is_passkey = "credential" in request.POST
    form = (GivePasskeyForm if is_passkey else CodeForm)(posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        (form.cleaned_data["credential"] if is_passkey else form.authenticator).record_usage()
        mark_passed(request)
        return go_on(request)
    kinds = set(factors().filter(user=request.user).values_list("type", flat=True))
    options = json.dumps(webauthn.begin_authentication(request.user)) if Authenticator.Type.WEBAUTHN in kinds else ""
    title = _("Second factor")
    status = 429 if was_refused(form) else 200
    return page(request, "second_factor", title, status, form=form, is_passkey=is_passkey, options=options)


@private_page
def passkey_login(request: HttpRequest) -> HttpResponse:
    """GET: what a passkey has to sign, for the login page's script. POST: log in who it names."""
    if request.method != "POST":
        return JsonResponse(webauthn.begin_authentication())
    form = GivePasskeyForm(request.POST, user=None)
    if not ratelimit.consume(request, action="passkey_login"):
        error, status = _("Too many failed login attempts. Try again later."), 429
    elif form.is_valid() and (person := form.cleaned_data["credential"].user).is_active and person.is_staff:
        form.cleaned_data["credential"].record_usage()
        login(request, person)
        mark_passed(request)
        mark_confirmed(request)
        return go_on(request)
    else:
        error, status = _("The passkey was not accepted. Try again."), 200
    return page(request, "refused", _("Log in"), status, error=error)


@before_set_up
def set_up(request: HttpRequest) -> HttpResponse:
    """An app for one-time codes: its key as a picture and as text, then the first code."""
    if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
        return HttpResponseRedirect(reverse("admin:account"))
    form = SetUpForm(posted(request), request=request, user=request.user)
    if request.method == "POST" and form.is_valid():
        TOTP.activate(request.user, form.secret)
        clear_totp_secret(request)
        return _added(request)
    address = get_adapter().build_totp_url(request.user, form.secret)
    picture = base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode()
    context = {"form": form, "address": address, "picture": f"data:image/svg+xml;base64,{picture}"}
    context["secret"] = " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4))
    context["is_demanded"] = missing(request) == Step.SET_UP
    return page(request, "set_up", _("Second factor: an app"), 429 if was_refused(form) else 200, **context)


@before_set_up
def add_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey of this device or of a security key, with a name."""
    form = PasskeyForm(posted(request), request=request, user=request.user)
    if request.method == "POST" and form.is_valid():
        webauthn.WebAuthn.add(request.user, form.cleaned_data["name"], form.cleaned_data["credential"])
        return _added(request)
    options = json.dumps(webauthn.begin_registration(request.user, passwordless=True))
    status = 429 if was_refused(form) else 200
    return page(request, "passkey", _("Second factor: a passkey"), status, form=form, options=options)


def _added(request: HttpRequest) -> HttpResponse:
    """A factor was added by who holds it: the session passed. With the first one come the recovery codes."""
    mark_passed(request)
    if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).exists():
        return HttpResponseRedirect(reverse("admin:account"))
    RecoveryCodes.activate(request.user)
    request.session[SHOW_CODES] = True
    return HttpResponseRedirect(f"{reverse('admin:recovery_codes')}?{urlencode({'next': next_address(request)})}")


@full_way
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, until their owner says that they are noted, and never again."""
    if not request.session.get(SHOW_CODES):
        return HttpResponseRedirect(reverse("admin:account"))
    if request.method == "POST":
        del request.session[SHOW_CODES]
        return go_on(request)
    stored = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES)
    codes = stored.wrap().get_unused_codes()
    if "download" in request.GET:
        headers = {"Content-Disposition": 'attachment; filename="recovery-codes.txt"'}
        return HttpResponse("\r\n".join(codes) + "\r\n", content_type="text/plain; charset=utf-8", headers=headers)
    return page(request, "codes", _("Recovery codes"), codes=codes)


@full_way
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password, second factor, passkeys, recovery codes."""
    held = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"))
    codes = next((each for each in held if each.type == Authenticator.Type.RECOVERY_CODES), None)
    context: dict[str, Any] = {
        "app": next((each for each in held if each.type == Authenticator.Type.TOTP), None),
        "passkeys": [each for each in held if each.type == Authenticator.Type.WEBAUTHN],
        "codes": codes,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "needs_factor": getattr(request.user, "needs_factor", False),
    }
    return page(request, "account", _("My account"), **context)


@full_way
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own app or passkey away, after the password."""
    factor = get_object_or_404(factors(), user=request.user, pk=pk)
    form = ConfirmForm(posted(request), request=request)
    if request.method == "POST" and form.is_valid():
        remove(request, factor)
        return HttpResponseRedirect(reverse("admin:account"))
    return page(
        request, "remove", _("Remove a second factor"), 429 if was_refused(form) else 200, form=form, factor=factor
    )


@full_way
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old ones, after the password."""
    old = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES)
    if not factors().filter(user=request.user).exists():
        raise Http404("no second factor")
    form = ConfirmForm(posted(request), request=request)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            old.delete()
            RecoveryCodes.activate(request.user)
        request.session[SHOW_CODES] = True
        return HttpResponseRedirect(
            f"{reverse('admin:recovery_codes')}?{urlencode({'next': reverse('admin:account')})}"
        )
    return page(request, "renew", _("New recovery codes"), 429 if was_refused(form) else 200, form=form)
