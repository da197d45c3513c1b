"""How the admin names and offers the roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.roles import ADMINISTRATOR, EDITOR, JOURNALIST, MODERATOR

NAMES: dict[str, Any] = {
    JOURNALIST: pgettext_lazy("role", "Journalists"),
    EDITOR: pgettext_lazy("role", "Editors"),
    MODERATOR: pgettext_lazy("role", "Moderators"),
    ADMINISTRATOR: pgettext_lazy("role", "Administrators"),
}


class RolesField(forms.ModelMultipleChoiceField):
    """Boxes to tick, each with the name of a role."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Group.objects.order_by("pk"), required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(NAMES.get(obj.name, obj.name))


class RoleFilter(admin.RelatedFieldListFilter):
    """The roles by their names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("Roles")

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(key, NAMES.get(str(name), name)) for key, name in super().field_choices(field, request, model_admin)]
