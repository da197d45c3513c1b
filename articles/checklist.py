"""What the desk looks at before an article is handed in: most of it warns, the few things that matter stop."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from articles.choices import Kind
from articles.html import clean_html, plain_text
from articles.models import Article, Category, Picture
from articles.models.article import LANGUAGE_CODES, NO_VIDEO
from articles.wording import count_words, counted, minutes_for, reading_time

LONG_TITLE = 100  # characters
SHORT_BODY, LONG_BODY = 50, 2000  # words
NO_NUMBER_YET = 10**18 - 1  # stands in an address where the number of a new article will
DEAD_LINK = re.compile(r"<a(?![^>]*\shref=)[^>]*>")


@dataclass(frozen=True)
class Finding:
    """What is wrong, beside which field, and whether the article is held back for it."""

    field: str
    sentence: str
    stops: bool = False


class Draft:
    """What stands in a writing form: its words by column, and what the article is filed under."""

    def __init__(
        self, words: Mapping[str, str], category: Category | None = None, picture: Picture | None = None
    ) -> None:
        self.words, self.category, self.picture = words, category, picture
        self.texts = {code: Text(code, words) for code in LANGUAGE_CODES}

    def findings(self) -> list[Finding]:
        """Everything that is to be seen to, in the order of the form."""
        found = [finding for text in self.texts.values() if text.is_meant for finding in text.findings()]
        if not self.category:
            found.append(Finding("category", _("Choose the main category."), stops=True))
        return [*found, *self._of_video(), *_of_picture(self.picture)]

    def _of_video(self) -> Iterable[Finding]:
        if self.words.get("kind") == Kind.VIDEO and not self.words.get("video_address", "").strip():
            yield Finding("video_address", str(NO_VIDEO), stops=True)

    def stopping(self) -> list[Finding]:
        """What holds the article back."""
        return [finding for finding in self.findings() if finding.stops]

    def addresses(self, article: Article | None) -> dict[str, str]:
        """The address of each language's page as a save would make it, readable, by language code."""
        pk, slug = (article.pk, article.slug) if article else (NO_NUMBER_YET, "")
        seen = Article(pk=pk, slug=self.words.get("slug", slug))
        for code, text in self.texts.items():
            setattr(seen, f"title_{code}", text.title)
        seen.fill_in()
        found = {}
        for code in seen.languages():
            with override(code):
                found[code] = unquote(seen.get_absolute_url()).replace(f"/{NO_NUMBER_YET}/", "/…/", 1)
        return found


class Text:
    """One language of a draft."""

    def __init__(self, code: str, words: Mapping[str, str]) -> None:
        self.code = code
        self.title, self.summary, self.kicker, self.body = (
            words.get(f"{name}_{code}", "").strip() for name in ("title", "summary", "kicker", "body")
        )

    @property
    def is_written(self) -> bool:
        """Whether anything is typed in this language."""
        return bool(self.title or self.summary or self.kicker or self.html or self.fault)

    @property
    def is_meant(self) -> bool:
        """Whether the article is to exist in this language: Arabic always, others once something is typed."""
        return self.is_written or self.code == settings.LANGUAGE_CODE

    @cached_property
    def _cleaned(self) -> tuple[str, str]:
        try:
            return clean_html(self.body), ""
        except ValidationError as error:
            return "", " ".join(error.messages)

    @property
    def html(self) -> str:
        """The body as it would be stored; empty where it cannot be."""
        return self._cleaned[0]

    @property
    def fault(self) -> str:
        """Why the body cannot be stored."""
        return self._cleaned[1]

    @cached_property
    def count(self) -> int:
        """Words of the body."""
        return count_words(plain_text(self.html))

    def measures(self) -> list[str]:
        """Its sizes in words: of the title, of the body, and the time it takes to read."""
        letters = ngettext("Title: %(count)s character", "Title: %(count)s characters", len(self.title))
        told = [counted(letters, len(self.title)), number_of_words(self.count)]
        return [*told, reading_time(minutes_for(self.count))] if self.count else told

    def findings(self) -> Iterable[Finding]:
        if not self.title:
            yield self._finding("title", _("The title is missing."), stops=True)
        elif len(self.title) > LONG_TITLE:
            sentence = _("The title has more than %(count)d characters: lists and search engines cut it.")
            yield self._finding("title", sentence % {"count": LONG_TITLE})
        if not self.summary:
            yield self._finding("summary", _("The summary is missing."))
        yield from self._of_body()

    def _of_body(self) -> Iterable[Finding]:
        if self.fault:
            yield self._finding("body", self.fault, stops=True)
        elif not self.count:
            # A breaking headline may go out alone.
            yield self._finding("body", _("The text is empty."))
        elif self.count < SHORT_BODY:
            yield self._finding(
                "body", _("The text is very short: %(words)s.") % {"words": number_of_words(self.count)}
            )
        elif self.count > LONG_BODY:
            sentence = _("The text is very long: %(words)s. Readers finish shorter ones.")
            yield self._finding("body", sentence % {"words": number_of_words(self.count)})
        dead = len(DEAD_LINK.findall(self.html))
        if dead:
            sentence = ngettext("%(count)s link leads nowhere.", "%(count)s links lead nowhere.", dead)
            yield self._finding("body", counted(sentence, dead))

    def _finding(self, word: str, sentence: str, stops: bool = False) -> Finding:
        return Finding(f"{word}_{self.code}", sentence, stops)


def number_of_words(count: int) -> str:
    """“412 words”."""
    return counted(ngettext("%(count)s word", "%(count)s words", count), count)


def _of_picture(picture: Picture | None) -> list[Finding]:
    if picture is None:
        return [Finding("picture", pgettext("checklist", "The article has no picture."))]
    found = []
    if not getattr(picture, f"alt_{settings.LANGUAGE_CODE}"):
        sentence = _("This picture has no description for those who cannot see it. Describe it, or choose another.")
        found.append(Finding("picture", sentence, stops=True))
    if not picture.credit:
        found.append(Finding("picture", _("This picture does not say whose it is.")))
    return found


def draft_of(fields: Mapping[str, list[str]]) -> Draft:
    """What the form would send, as a draft."""
    words = {name: values[-1] for name, values in fields.items() if values}
    return Draft(words, _chosen(Category, words.get("category")), _chosen(Picture, words.get("picture")))


def _chosen(model: type[Any], key: str | None) -> Any:
    """The row that a choice of the form names; None where it names none."""
    is_key = key and key.isdecimal() and len(key) < 19
    return model._base_manager.filter(pk=int(key)).first() if is_key and key else None
