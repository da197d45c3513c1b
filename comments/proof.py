"""The proof that a browser confirmed an address: a cookie that pages never see and posts show."""

import secrets
from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from comments.models import Sender, SenderProof
from comments.privacy import address_digest, digest

COOKIE = "reader_proof"
LIFETIME = timedelta(days=365)
MAX_TOKENS = 3  # addresses that one browser proves: a person's own and their work's, or a family's
TOKEN_LENGTH = 43  # characters of `secrets.token_urlsafe(32)`


def holds_proof(request: HttpRequest, email: str) -> bool:
    """Whether the browser that posts has confirmed `email`. Nothing else than a post may ask."""
    tokens = _tokens(request)
    if not tokens:
        return False
    return SenderProof.objects.filter(
        token_digest__in=[digest("proof", token) for token in tokens],
        sender__email_digest=address_digest(email),
        at__gt=timezone.now() - LIFETIME,
    ).exists()


def give_proof(request: HttpRequest, response: HttpResponseBase, sender: Sender) -> None:
    """Leave in the browser, with `response`, a proof of the sender's address beside those that it has."""
    token = secrets.token_urlsafe(32)
    SenderProof.objects.create(sender=sender, token_digest=digest("proof", token))
    response.set_cookie(  # type: ignore[attr-defined]
        COOKIE,
        ".".join([token, *_tokens(request)][:MAX_TOKENS]),
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _tokens(request: HttpRequest) -> list[str]:
    tokens = request.COOKIES.get(COOKIE, "").split(".")
    return [token for token in tokens if len(token) == TOKEN_LENGTH][:MAX_TOKENS]
