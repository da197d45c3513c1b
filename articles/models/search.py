"""What search reads: each article's stems, the words that are known, and which mean the same."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.arabic import stems
from articles.models.article import Article
from articles.models.naming import Shown
from articles.querysets import ShownQuerySet
from articles.tagging import parse_tags
from articles.validators import validate_characters


class SearchEntry(models.Model):
    """The stems of one article, drafts included, for each language that it exists in.

    The databases build their own index of these columns and keep it in step themselves: SQLite an
    FTS5 table by triggers, PostgreSQL `tsvector` columns that it generates (migration
    `0003_search_index`). A later migration that alters this table on SQLite must make the triggers
    again, because Django copies tables there.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    # Where it stands among all, newest last (articles/search/positions.py). The order of the index.
    position = models.BigIntegerField(unique=True)
    title_ar = models.TextField(blank=True)
    text_ar = models.TextField(blank=True)
    title_fr = models.TextField(blank=True)
    text_fr = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    # `c<key>` for each of its categories, `a<key>` for each author.
    filed = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return str(self.article_id)


class SearchWord(models.Model):
    """A word that some published article holds, for guessing what a mistyped one was meant to be."""

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=40)  # folded, without article and conjunction
    spelling = models.CharField(max_length=60)  # as the first article to hold it wrote it
    # One letter typed wrong leaves either the first two or the last two as they are.
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()
    since = models.DateTimeField()  # when the first article to hold it was, or will be, published

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes = [
            # “Did you mean” on /search/
            models.Index(fields=["language", "head", "length"], name="search_word_head"),
            models.Index(fields=["language", "tail", "length"], name="search_word_tail"),
        ]

    def __str__(self) -> str:
        return self.spelling


class Synonym(Shown):
    """Words and phrases that mean the same to a reader who searches: وزير, وزراء."""

    words = models.CharField(
        _("words"),
        max_length=500,
        validators=[validate_characters],
        help_text=_(
            "Words or phrases that find each other, separated by commas: singular and plural, name and acronym."
        ),
    )

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words

    def alternatives(self) -> list[tuple[str, ...]]:
        """What it holds, each as the stems of its words; those without a letter are left out."""
        found = (tuple(stems(name)) for name in parse_tags(self.words))
        return list(dict.fromkeys(each for each in found if each))

    def clean(self) -> None:
        if len(self.alternatives()) < 2:
            sentence = _("Write at least two words that search does not take for one already, separated by a comma.")
            raise ValidationError({"words": sentence})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words = "، ".join(parse_tags(self.words))
        super().save(*args, **kwargs)
