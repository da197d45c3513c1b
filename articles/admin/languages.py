"""Each language's fields in their own direction, in an admin that runs in another."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import get_language_info
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline


class LanguageFields(BaseModelAdmin):
    """Tells browser and screen reader the language of each field that has one."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        language = getattr(db_field, "language", None)
        if field and language:
            direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
            field.widget.attrs |= {"lang": language, "dir": direction}
        return field


class LanguageAdmin(LanguageFields, TranslationAdmin):
    """A translation admin with the language of each field."""


class LanguageInline(LanguageFields, TranslationStackedInline):
    """Rows below another object's form, with the language of each field."""
