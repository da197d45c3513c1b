"""Each language's fields in their own direction, in an admin that runs in another."""

from typing import Any

from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import get_language_info
from modeltranslation.admin import TranslationAdmin


class LanguageAdmin(TranslationAdmin):
    """A translation admin that tells browser and screen reader the language of each field."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        language = getattr(db_field, "language", None)
        if field and language:
            direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
            field.widget.attrs |= {"lang": language, "dir": direction}
        return field
