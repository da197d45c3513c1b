"""Two versions of an article beside each other: the one that was stored meanwhile, and the one in the form."""

from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model

from articles.admin.forms import ArticleForm, version_of
from articles.choices import Kind
from articles.html import plain_text
from articles.models import Article
from articles.models.article import LANGUAGE_CODES

WORDS = [f"{word}_{code}" for code in LANGUAGE_CODES for word in ("kicker", "title", "summary", "body")]
CHOICES = ["kind", "category", "picture"]


@dataclass(frozen=True)
class Row:
    """A field that the two versions do not have alike."""

    label: str
    language: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """What the sender of a stale form has to know."""

    article: Article
    who: str
    version: str
    rows: list[Row]


def conflict_of(form: ArticleForm) -> Conflict:
    """The stored article against what `form` was sent with."""
    stored = Article._base_manager.get(pk=form.instance.pk)
    rows = [*(_words(form, stored, name) for name in WORDS), *(_choice(form, stored, name) for name in CHOICES)]
    return Conflict(stored, _last_hand(stored), version_of(stored), [row for row in rows if row and _differs(row)])


def _differs(row: Row) -> bool:
    return row.theirs.split() != row.mine.split()


def _words(form: ArticleForm, stored: Article, name: str) -> Row | None:
    if name not in form.fields:
        return None
    texts = [getattr(stored, name) or "", form.cleaned_data.get(name) or ""]
    if name.startswith("body"):
        texts = [plain_text(text) for text in texts]
    theirs, mine = (text.strip() for text in texts)
    return Row(str(form.fields[name].label), name[-2:], theirs, mine)


def _choice(form: ArticleForm, stored: Article, name: str) -> Row | None:
    if name not in form.fields:
        return None
    theirs, mine = getattr(stored, name), form.cleaned_data.get(name)
    if name == "kind":
        theirs, mine = (dict(Kind.choices).get(str(each)) for each in (theirs, mine))
    return Row(str(form.fields[name].label), "", str(theirs or "—"), str(mine or "—"))


def _last_hand(article: Article) -> str:
    """Whose change the admin logged last."""
    entries = LogEntry.objects.filter(content_type=get_content_type_for_model(article), object_id=str(article.pk))
    entry = entries.select_related("user").order_by("-action_time", "-pk").first()
    return (entry.user.get_full_name() or str(entry.user)) if entry else ""
