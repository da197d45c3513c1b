"""Which fields have a column for each language."""

from typing import ClassVar

import simple_history
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import TranslationOptions, register

from articles.models import Article, Author, Category, Correction, FrontPageBlock, Picture, Tag
from articles.models.versions import ArticleHistory, ArticleRecords


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Tag)
class TagTranslation(TranslationOptions):
    fields = ("label",)  # never `name`: it is what tags are found by


@register(Author)
class AuthorTranslation(TranslationOptions):
    fields = ("name", "role", "bio")


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption")
    fallback_languages: ClassVar = {"default": ()}


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("kicker", "title", "summary", "body")
    # A page in one language shows nothing of the text in another.
    fallback_languages: ClassVar = {"default": ()}


@register(Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("note",)
    fallback_languages: ClassVar = {"default": ()}


@register(FrontPageBlock)
class FrontPageBlockTranslation(TranslationOptions):
    fields = ("name",)


# After the translation, so that the columns of all languages are there; the names without a language
# are descriptors by now, which a historical row cannot have.
simple_history.register(
    Article,
    records_class=ArticleRecords,
    excluded_fields=list(ArticleTranslation.fields),
    bases=[ArticleHistory],
    table_name="articles_articlehistory",
    verbose_name=_("version"),
    verbose_name_plural=_("versions"),
)
