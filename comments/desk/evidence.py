"""Evidence on one comment: who exported it when, and the export itself, as JSON or to be printed."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from comments.desk.pages import show
from comments.desk.printing import sections
from comments.desk.rights import desk_page
from comments.models import Comment, Decision, write_history
from comments.moderation.evidence import Document, evidence

MOST_EXPORTS = 50
MARK = "SHA-256"  # stands in every language's note of an export
WHO = ("comments.view_decision", "comments.hold_legally")


@desk_page(*WHO)
@require_safe
def evidence_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was exported before; the export itself is a POST, because it is noted."""
    comment = Comment.objects.select_related("article").filter(pk=pk).first()
    if comment is None and not Decision.objects.filter(comment=pk).exists():
        raise Http404("nothing is known of this comment")
    return show(request, "evidence", _("Evidence"), number=pk, comment=comment, exports=_exports(pk))


@desk_page(*WHO)
@require_POST
def evidence_json(request: HttpRequest, pk: int) -> HttpResponse:
    content = json.dumps(_exported(request, pk), ensure_ascii=False, indent=2, sort_keys=True)
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="comment-{pk}.json"'
    return response


@desk_page(*WHO)
@require_POST
def evidence_print(request: HttpRequest, pk: int) -> HttpResponse:
    document = _exported(request, pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Evidence on comment %(number)s") % {"number": pk},
        "document": document,
        "sections": sections(document),
    }
    return TemplateResponse(request, "admin/comments/desk/evidence_print.html", context)


def _exported(request: HttpRequest, pk: int) -> Document:
    """The document on the comment; that it was exported stands in the admin's history."""
    document = evidence(pk, request.user, timezone.now(), lambda article: _address(request, article))
    if document is None:
        raise Http404("nothing is known of this comment")
    write_history(request.user, Comment(pk=pk), _("Evidence exported, SHA-256 %(sha256)s") % document)
    return document


def _address(request: HttpRequest, article: Article) -> str:
    return request.build_absolute_uri(article.get_absolute_url())


def _exports(pk: int) -> Any:
    kind = ContentType.objects.get_for_model(Comment)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(pk), change_message__contains=MARK)
    return entries.select_related("user").order_by("-action_time")[:MOST_EXPORTS]
