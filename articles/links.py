"""Signed addresses of one article, for people without an account.

A token names a row of `ArticleLink` by its key and carries nothing else: what it permits, for whom
and until when, stands in that row.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from articles.choices import LinkKind, LinkState
from articles.models import ArticleLink

_VIEWS = {LinkKind.PREVIEW: "article_preview", LinkKind.APPROVAL: "article_approval"}


class LinkOver(Exception):
    """The link is ours, but its time is over, or it was used or revoked; `link` is its row."""

    def __init__(self, link: ArticleLink) -> None:
        super().__init__(f"link {link.pk} is over")
        self.link = link


def link_path(link: ArticleLink) -> str:
    """The address of `link`, without host; the same in every language of the admin."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(_VIEWS[LinkKind(link.kind)], args=[link_token(link)])


def link_token(link: ArticleLink) -> str:
    """The signed key of `link`, made of characters that messaging apps leave alone."""
    return _signer(LinkKind(link.kind)).sign(str(link.pk))


def read_link(token: str, kind: LinkKind) -> ArticleLink:
    """The link of this kind that `token` names.

    Raises Http404 for a forged token or one whose row is gone, LinkOver for one that opens nothing any more.
    """
    try:
        key = int(_signer(kind).unsign(token))
    except (BadSignature, ValueError) as error:
        raise Http404("no such link") from error
    link = ArticleLink.objects.select_related("article", "issued_by").filter(pk=key, kind=kind).first()
    if link is None:
        raise Http404("no such link")
    if link.state != LinkState.OPEN:
        raise LinkOver(link)
    return link


def _signer(kind: LinkKind) -> Signer:
    return Signer(salt=f"articles.link.{kind}", sep=".")
