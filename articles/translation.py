"""Which fields have a column for each language."""

from typing import ClassVar

from modeltranslation.translator import TranslationOptions, register

from articles.models import Article, Author, Category, Correction, Picture, Tag


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
