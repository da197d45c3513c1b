"""Story controls: how one article takes comments, changed from the desk."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article
from comments.choices import Mode
from comments.desk.pages import back, long_texts, show
from comments.desk.rights import MODERATE, desk_page
from comments.desk.surges import count_of_last_hour
from comments.models import ArticleTally, CommentSettings, Policy


class StoryForm(forms.ModelForm):
    """The policy of one article."""

    class Meta:
        model = Policy
        fields = ("mode", "message", "opens_at", "closes_at", "close_after_days")
        widgets = {
            "mode": forms.RadioSelect,
            "opens_at": forms.TimeInput({"type": "time", "dir": "ltr"}, format="%H:%M"),
            "closes_at": forms.TimeInput({"type": "time", "dir": "ltr"}, format="%H:%M"),
        }

    def __init__(self, policy: Policy, data: Any = None) -> None:
        super().__init__(data, instance=policy, auto_id="story-%s")


@desk_page(MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """How the article takes comments; `do` says which of the buttons was pressed."""
    if request.method == "POST" and not request.user.has_perm("comments.change_policy"):
        raise PermissionDenied
    article = _article(pk)
    policy = Policy.for_article(article)
    if request.method != "POST":
        return _page(request, article, policy, StoryForm(policy))
    return _change(request, article, policy)


def _change(request: HttpRequest, article: Article, policy: Policy) -> HttpResponse:
    asked = request.POST.get("do", "save")
    if asked == "reset":
        if policy.pk:
            policy.withdraw(by=request.user)
        return back(request, "desk_story", article.pk, done=_("The story takes comments as its category does."))
    if asked in QUICK:
        policy.change(by=request.user, **QUICK[asked])
        return back(request, "desk_story", article.pk, done=_("Stored. It holds from now on."))
    form = StoryForm(policy, request.POST)
    if not form.is_valid():
        return _page(request, article, policy, form)
    policy.change(by=request.user, **form.cleaned_data)
    return back(request, "desk_story", article.pk, done=_("Stored. It holds from now on."))


QUICK: dict[str, dict[str, Any]] = {
    "freeze": {"frozen": True},
    "unfreeze": {"frozen": False},
    "hold": {"mode": Mode.PRE},
}


def _page(request: HttpRequest, article: Article, policy: Policy, form: StoryForm) -> HttpResponse:
    context = {
        "article": article,
        "policy": policy,
        "form": form,
        "holds_all": policy.mode == Mode.PRE,
        "tally": ArticleTally.objects.filter(article=article).first(),
        "last_hour": count_of_last_hour(article, timezone.now()),
        "alarm": CommentSettings.load().surge_per_hour,
    }
    return show(request, "story", _("Comments on a story"), 422 if form.errors else 200, **context)


def _article(pk: int) -> Article:
    """An article that readers know, or that has comments: nobody learns of a draft here."""
    known = Article.objects.published() | Article.objects.exclude(comment_tally=None)
    return get_object_or_404(known.defer(*long_texts()), pk=pk)
