"""A moderator decides from a digest: the link opens a page, and its button decides once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.http import private_page
from comments.choices import Queue
from comments.mail.links import DECISIONS, MailedDecision, read_decision
from comments.models import Comment, Decision, RevisionChanged

USED = _("This link was used already.")
CHANGED = _("The text was changed after this mail was sent.")
LATE = _("Somebody has decided on this comment meanwhile.")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def comment_decide(request: HttpRequest, token: str) -> HttpResponse:
    """The comment and a button; behind the button, the decision of the moderator whom the link was sent to."""
    link = read_decision(token)
    comment = get_object_or_404(Comment.objects.select_related("article", "parent"), pk=link.comment)
    moderator = _moderator(link, comment)
    obstacle = _obstacle(link, comment)
    if request.method != "POST" or obstacle:
        status = 409 if request.method == "POST" else 200
        return _page(request, link, comment, status, obstacle=obstacle)
    obstacle = _take(link, comment, moderator)
    return _page(request, link, comment, 409 if obstacle else 200, obstacle=obstacle, is_done=not obstacle)


def _take(link: MailedDecision, comment: Comment, moderator: Any) -> Any:
    """Decide. Says what came in between since the page was asked for; empty where nothing did."""
    try:
        done = comment.decide(DECISIONS[link.decision], moderator, act=link.act, seen=link.revision)
    except RevisionChanged:
        return CHANGED
    except IntegrityError:
        return USED
    except (ValidationError, Comment.DoesNotExist):  # passed on, or erased
        return LATE
    return "" if done else LATE


def _moderator(link: MailedDecision, comment: Comment) -> Any:
    """Whom the link was sent to. Raises Http404 unless they may still decide on such comments."""
    user = get_user_model().objects.filter(pk=link.user, is_active=True).first()
    right = "comments.decide_escalated" if comment.queue == Queue.ESCALATED else "comments.change_comment"
    if user is None or not user.has_perm("comments.change_comment") or not user.has_perm(right):
        raise Http404("not a moderator any more")
    return user


def _obstacle(link: MailedDecision, comment: Comment) -> Any:
    """Why the link decides nothing any more; empty where it does."""
    if Decision.objects.filter(act=link.act, comment=comment).exists():
        return USED
    if comment.revision != link.revision:
        return CHANGED
    return "" if comment.queue else LATE


def _page(request: HttpRequest, link: MailedDecision, comment: Comment, status: int, **context: Any) -> HttpResponse:
    context |= {"comment": comment, "article": comment.article, "decision": link.decision}
    return TemplateResponse(request, "comments/decide.html", context, status=status)
