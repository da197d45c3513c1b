"""What the catalogues of Django and of packages leave in English."""

# ruff: noqa: E501 (others wrote these sentences, and a key cannot be broken)

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

DJANGO = [
    # These stand in the Arabic catalogue as they are.
    _("salt"),
    _("hash"),
    _("Conflicting form data submitted. Please try again."),
    _("Password-based authentication was disabled."),
    _("Set password: %s"),
    _("Reset password"),
    _("Set password"),
    _(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    _("Password-based authentication"),
    _("Enabled"),
    _("Disabled"),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Enable password-based authentication for this user by setting a password."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        0,
    ),
    _(
        "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z letters, numbers, and @/./+/-/_ characters."
    ),
    _("Central Kurdish (Sorani)"),
    _("Malay"),
    _("Uyghur"),
    _("Enter a valid domain name."),
    _("Enter a valid %(protocol)s address."),
    _("IPv4"),
    _("IPv6"),
    _("IPv4 or IPv6"),
    _("Ensure this value is a multiple of step size %(limit_value)s."),
    _(
        "Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on."
    ),
    _("Constraint “%(name)s” is violated."),
    _("String (unlimited)"),
    _("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", 0),
    ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", 0),
    # From Django 6.1 on
    _("“%(value)s” is not a valid binary value."),
    _("- Select an option -"),
    _("No %s matches the given query."),
    _("Haitian Creole"),
    pgettext_lazy("Task", "Ready"),
    pgettext_lazy("Task", "Running"),
    pgettext_lazy("Task", "Failed"),
    pgettext_lazy("Task", "Successful"),
    _(", "),
    _("Run"),
    _("Logout"),
    _("Pagination %(name)s"),
    _("Pagination %(name)s entries"),
    _("Filter by %(field_name)s"),
    _("Search %(name)s"),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", 0),
    _('The app "%s" could not be found.'),
]
TAGGIT = [
    _("Taggit"),
    _('Expected a list of items but got type "{input_type}".'),
    _("Invalid json list. A tag list submitted in string form must be valid json."),
    _("All list items must be of string type."),
]
PROSE_EDITOR = [
    _("Title"),
    _("Update"),
    _("Cancel"),
]
