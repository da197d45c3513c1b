"""The page behind a director's link: the article as readers will see it, and two ways to decide."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from articles.approval import Refused, TextChanged, appears_at, approve, obstacle, send_back, text_version
from articles.choices import LinkKind
from articles.links import LinkOver, read_link
from articles.models import Article, ArticleLink
from articles.showing import stored_page, whole
from articles.validators import validate_characters
from comments.views.guard import private_form

TEMPLATE = "articles/approval.html"
CHANGED = _("The article was changed while you read it, so nothing was decided. This is the text as it is now.")


class DecisionForm(forms.Form):
    """What the director sends: which text they read, and why it goes back, if it does."""

    seen = forms.CharField(max_length=64)
    note = forms.CharField(
        max_length=1000,
        required=False,
        validators=[validate_characters],
        error_messages={"required": _("Say what should be changed, so that the journalist knows.")},
    )

    def __init__(self, data: Any, *, needs_note: bool = False) -> None:
        super().__init__(data)
        self.fields["note"].required = needs_note


@private_form
def article_approval(request: HttpRequest, token: str) -> HttpResponse:
    """Show the article; take the decision of whoever holds the link, once."""
    try:
        link = read_link(token, LinkKind.APPROVAL)
        hindrance = obstacle(link)
        if hindrance:
            return _calm(request, 409 if request.method == "POST" else 200, refusal=hindrance)
        if request.method != "POST":
            return _page(request, link, None)
        return _decide(request, link)
    except LinkOver as over:
        return _calm(request, 410, over=over.link, state=over.link.state.value)
    except Refused as refused:
        return _calm(request, 409, refusal=refused.sentence)
    except TextChanged:
        link.refresh_from_db()
        return _page(request, link, None, status=409, refusal=CHANGED)


def _decide(request: HttpRequest, link: ArticleLink) -> HttpResponse:
    sends_back = "return" in request.POST
    form = DecisionForm(request.POST, needs_note=sends_back)
    if not form.is_valid() or not (sends_back or "approve" in request.POST):
        return _page(request, link, form, status=422)
    if sends_back:
        send_back(link, form.cleaned_data["seen"], form.cleaned_data["note"])
        return _calm(request, 200, result="returned")
    article = approve(link, form.cleaned_data["seen"])
    return _calm(request, 200, result="published", article=article)


def _calm(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """A page that says how things stand, and offers nothing more."""
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _page(
    request: HttpRequest, link: ArticleLink, form: DecisionForm | None, status: int = 200, **context: Any
) -> HttpResponse:
    article = whole(Article.objects.all()).get(pk=link.article_id)
    context |= {
        "link": link,
        "languages": [get_language_info(code) for code in article.languages()],
        **stored_page(article),
        "appears_at": appears_at(article),
        "seen": text_version(article),
        "form": form,
        "note": request.POST.get("note", ""),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
