"""The sender's drawer: all that one address sent, what others from its network are called, bans and notes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.bidi import isolate
from articles.paging import paginate, read_cursor
from articles.validators import validate_characters
from comments.choices import Status
from comments.desk.bans import BanForm
from comments.desk.pages import back, long_texts, show
from comments.desk.rights import desk_page
from comments.models import Ban, Comment, Sender
from comments.privacy import mask

PAGE_SIZE = 20
LOOKED_AT = 500  # of the network's newest comments, for the names
MOST_NAMES = 20
MOST_BANS = 20


@dataclass(frozen=True)
class Neighbour:
    """A name that somebody else from the same network wrote under, and one of their comments."""

    name: str
    comment: int
    count: int


class NoteForm(forms.Form):
    """What colleagues should know."""

    note = forms.CharField(max_length=2000, required=False, validators=[validate_characters])


@desk_page("comments.view_sender")
@require_safe
def sender_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about who sent the comment `pk`."""
    return _page(request, _comment(pk))


@desk_page("comments.add_ban")
@require_POST
def ban_sender(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _comment(pk)
    form = BanForm(comment, _sender(comment), request.POST)
    if not form.is_valid():
        return _page(request, comment, form)
    form.impose(by=request.user)
    return back(request, "desk_sender", pk, comment=pk, done=_("The ban is in force."))


@desk_page("comments.change_ban")
@require_POST
def lift_ban(request: HttpRequest, pk: int, ban: int) -> HttpResponse:
    comment = _comment(pk)
    if get_object_or_404(_bans(comment, _sender(comment)), pk=ban).lift(by=request.user):
        return back(request, "desk_sender", pk, comment=pk, done=_("The ban is lifted."))
    return back(request, "desk_sender", pk, comment=pk, refused=_("This ban was over already."))


@desk_page("comments.change_sender")
@require_POST
def hold_sender(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold whatever they send, or no longer: `on` says which."""
    sender = _known_sender(pk)
    is_on = request.POST.get("on") == "1"
    sender.hold_always(by=request.user, on=is_on)
    held = _("All comments of this sender are held from now on.")
    told = held if is_on else _("Comments of this sender are judged as others’.")
    return back(request, "desk_sender", pk, comment=pk, done=told)


@desk_page("comments.change_sender")
@require_POST
def annotate_sender(request: HttpRequest, pk: int) -> HttpResponse:
    sender, form = _known_sender(pk), NoteForm(request.POST)
    if not form.is_valid():
        return back(request, "desk_sender", pk, comment=pk, refused=" ".join(map(str, form.errors["note"])))
    sender.annotate(by=request.user, note=form.cleaned_data["note"])
    return back(request, "desk_sender", pk, comment=pk, done=_("The note is stored."))


def _page(request: HttpRequest, comment: Comment, form: BanForm | None = None) -> HttpResponse:
    sender = _sender(comment)
    context = {
        "comment": comment,
        "sender": sender,
        "address": mask(comment.email) if comment.email else "",
        "tabs": _tabs(sender),
        "status": _status(request),
        "page": _comments_page(request, comment),
        "names": _names(comment),
        "neighbours": _neighbours(comment),
        "bans": _bans_in_words(comment, sender),
        "form": form or BanForm(comment, sender),
    }
    title = _("Sender: %(name)s") % {"name": isolate(comment.name)}
    return show(request, "sender", title, 422 if form else 200, **context)


def _comment(pk: int) -> Comment:
    # The address is asked for by name, to be masked.
    comments = Comment.objects.defer(None).select_related("article__category")
    return get_object_or_404(comments.defer("folded", *long_texts("article__")), pk=pk)


def _sender(comment: Comment) -> Sender | None:
    if not comment.email_digest:
        return None
    return Sender.objects.filter(email_digest=comment.email_digest).first()


def _known_sender(pk: int) -> Sender:
    sender = _sender(_comment(pk))
    if sender is None:
        raise Http404("no address is kept of this comment")
    return sender


def _status(request: HttpRequest) -> str:
    status = request.GET.get("status", "")
    if status and status not in Status.values:
        raise Http404("no such status")
    return status


def _tabs(sender: Sender | None) -> list[dict[str, Any]]:
    """The states with the sender's counters, which the database keeps."""
    return [{"status": each, "count": getattr(sender, each)} for each in Status] if sender else []


def _comments_page(request: HttpRequest, comment: Comment) -> Any:
    """A page of what the same address sent, the newest first; of the comment alone where none is kept."""
    same = Q(email_digest=comment.email_digest) if comment.email_digest else Q(pk=comment.pk)
    rows = Comment.objects.filter(same).select_related("article").order_by("-submitted_at", "-pk")
    rows = rows.defer("email", "folded", "html", *long_texts("article__"))
    if status := _status(request):
        rows = rows.filter(status=status)
    return paginate(rows.before(read_cursor(request)), PAGE_SIZE, "submitted_at")


def _names(comment: Comment) -> list[str]:
    """The names that the same address used lately, but for the one on this comment."""
    if not comment.email_digest:
        return []
    rows = Comment.objects.filter(email_digest=comment.email_digest).order_by("-submitted_at")
    names = dict.fromkeys(rows.values_list("name", flat=True)[:LOOKED_AT])
    return [name for name in names if name != comment.name][:MOST_NAMES]


def _neighbours(comment: Comment) -> list[Neighbour]:
    """Who else wrote from the same network lately, the most frequent first."""
    if not comment.network:
        return []
    rows: QuerySet = Comment.objects.filter(network=comment.network).order_by("-submitted_at")
    found = rows.values_list("name", "email_digest", "pk")[:LOOKED_AT]
    others = [(name, digest, pk) for name, digest, pk in found if digest != comment.email_digest]
    counts = Counter((name, digest) for name, digest, _pk in others)
    newest = {(name, digest): pk for name, digest, pk in reversed(others)}
    return [Neighbour(who[0], newest[who], count) for who, count in counts.most_common(MOST_NAMES)]


def _bans_in_words(comment: Comment, sender: Sender | None) -> list[Ban]:
    bans = _bans(comment, sender).select_related("by", "article", "category")
    return list(bans.defer(*long_texts("article__"))[:MOST_BANS])


def _bans(comment: Comment, sender: Sender | None) -> QuerySet:
    """The bans in force that meet this sender or network."""
    meets = Q(sender=sender) if sender else Q(pk=None)
    if comment.network:
        meets |= Q(network=comment.network)
    return Ban.objects.in_force().filter(meets).order_by("-pk")
