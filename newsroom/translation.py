"""Which fields of the portal have a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from newsroom.models import SiteSettings


@register(SiteSettings)
class SiteSettingsTranslation(TranslationOptions):
    fields = ("name", "tagline", "imprint")
