"""Writers who ask that their comment be taken back: what is due first, and the answer."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from articles.paging import CURSOR, EPOCH, write_cursor
from articles.validators import validate_characters
from articles.wording import counted
from comments.choices import Outcome
from comments.desk.pages import back, long_texts, show
from comments.desk.rights import MODERATE, desk_page
from comments.models import PassedOn, WithdrawalRequest

PAGE_SIZE = 20
MOST_COUNTED = 100


@dataclass(frozen=True)
class Open:
    """How many requests wait for an answer, and how many of them too long; both up to MOST_COUNTED."""

    count: int
    overdue: int

    def __str__(self) -> str:
        sentence = ngettext("%(count)s withdrawal request", "%(count)s withdrawal requests", self.count)
        return counted(sentence, self.count)


class AnswerForm(forms.Form):
    """What the writer may be told."""

    answer = forms.CharField(max_length=500, required=False, validators=[validate_characters])


def open_requests() -> Open:
    """For the desk: one short query."""
    due = list(_open().values_list("due_at", flat=True)[:MOST_COUNTED])
    now = timezone.now()
    return Open(len(due), sum(moment < now for moment in due))


@desk_page(MODERATE)
@require_safe
def withdrawal_requests(request: HttpRequest) -> HttpResponse:
    rows = list(_behind(request.GET.get("after", ""))[: PAGE_SIZE + 1])
    shown, last = rows[:PAGE_SIZE], rows[PAGE_SIZE - 1 : PAGE_SIZE + 1]
    after = write_cursor(last[0].due_at, last[0].pk) if len(last) == 2 else ""
    return show(request, "requests", _("Withdrawal requests"), requests=shown, after=after, now=timezone.now())


@desk_page(MODERATE)
@require_POST
def uphold_request(request: HttpRequest, pk: int) -> HttpResponse:
    asked, form = _asked(pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    try:
        done = asked.uphold(request.user, form.cleaned_data["answer"])
    except PassedOn as error:
        return back(request, "desk_requests", refused=error.messages[0])
    return _told(request, done, _("The comment is taken back."))


@desk_page(MODERATE)
@require_POST
def dismiss_request(request: HttpRequest, pk: int) -> HttpResponse:
    asked, form = _asked(pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    if not form.cleaned_data["answer"]:
        return back(request, "desk_requests", refused=_("Say why the comment stays: its writer asked."))
    done = asked.dismiss(request.user, form.cleaned_data["answer"])
    return _told(request, done, _("The request is dismissed; the comment stays."))


def _open() -> QuerySet[WithdrawalRequest]:
    return WithdrawalRequest.objects.filter(outcome=Outcome.OPEN).order_by("due_at", "pk")


def _behind(cursor: str) -> QuerySet[WithdrawalRequest]:
    """The open requests behind `cursor`, what is due first before the others. Raises Http404 for a malformed one."""
    rows = _open().select_related("comment__article")
    rows = rows.defer("comment__email", "comment__folded", *long_texts("comment__article__"))
    if not cursor:
        return rows
    match = CURSOR.fullmatch(cursor)
    if not match:
        raise Http404("malformed cursor")
    due_at, key = EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
    return rows.filter(Q(due_at__gt=due_at) | Q(pk__gt=key), due_at__gte=due_at)


def _asked(pk: int) -> WithdrawalRequest:
    return get_object_or_404(WithdrawalRequest.objects.select_related("comment"), pk=pk)


def _refused(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    return back(request, "desk_requests", refused=" ".join(map(str, form.errors["answer"])))


def _told(request: HttpRequest, done: bool, sentence: str) -> HttpResponse:
    if done:
        return back(request, "desk_requests", done=sentence)
    return back(request, "desk_requests", refused=_("This request was answered already."))
