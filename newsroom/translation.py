"""Which fields of the portal have a column for each language."""

from typing import ClassVar

from modeltranslation.translator import TranslationOptions, register

from newsroom.models import MenuLink, Page, SiteSettings


@register(SiteSettings)
class SiteSettingsTranslation(TranslationOptions):
    fields = ("name", "tagline", "imprint")


@register(MenuLink)
class MenuLinkTranslation(TranslationOptions):
    fields = ("label",)


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "body")
    fallback_languages: ClassVar = {"default": ()}
