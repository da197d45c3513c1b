"""Sentences of the admin whose Arabic does not agree with what is put into them.

A name that Django drops into a sentence keeps its form, so the Arabic says «إضافة مقال» rather than
«أضف مقال», and counts without naming what is counted. In both languages the name of an object stands
between U+2068 and U+2069, as a text of another direction may follow.
"""

# ruff: noqa: E501 (Django wrote these sentences, and a key cannot be broken)

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

MESSAGES = [
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("Successfully deleted %(count)d %(items)s."),
    _("Cannot delete %(name)s"),
    ngettext_lazy("%(count)s %(name)s was changed successfully.", "%(count)s %(name)s were changed successfully.", 0),
]
HISTORY = [
    _("Added {name} “{object}”."),
    _("Changed {fields} for {name} “{object}”."),
    _("Deleted {name} “{object}”."),
    ngettext_lazy("entry", "entries", 0),
]
BUTTONS = [
    _("Add"),
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _("Add another %(model)s"),
    _("Change selected %(model)s"),
    _("Delete selected %(model)s"),
    _("View selected %(model)s"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Delete"),
    _("Save"),
    _("Save and add another"),
    _("Save and continue editing"),
    _("Save and view"),
    _("Save as new"),
    _("Search"),
    _("Filter"),
    _("Remove"),
    _("Go"),
    _("Run the selected action"),
    _("Add link"),
    _("Change or view list link"),
    _("Log in"),
    _("Log in again"),
    _("Change password"),
    _("Change my password"),
    _("Show all"),
    _("Welcome,"),
]
LISTS = [
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Select all %(total_count)s %(module_name)s"),
    ngettext_lazy("%(total_count)s selected", "All %(total_count)s selected", 0),
    _("%(app)s administration"),
    _("user"),
    _("users"),
    _("groups"),
    _("email address"),
]
DELETIONS = [
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting related objects, but your account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would result in deleting related objects, but your account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would require deleting the following protected related objects:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following protected related objects:"
    ),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? All of the following related items will be deleted:'
    ),
    _(
        "Are you sure you want to delete the %(object_name)s “%(escaped_object)s”? All of the following related items will be deleted:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but your account doesn't have permission to delete the following types of objects:"
    ),
    _("Deleting the selected %(objects_name)s would require deleting the following protected related objects:"),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following objects and their related items will be deleted:"
    ),
]
ACCOUNTS = [
    _(
        "You are authenticated as %(username)s, but are not authorized to access this page. Would you like to login to a different account?"
    ),
    _(
        "Please enter the correct %(username)s and password for a staff account. Note that both fields may be case-sensitive."
    ),
]
