"""What the catalogues of django-simple-history leave in English."""

from django.utils.translation import gettext_noop as _

MESSAGES = [
    _("Changes"),
    _("Deleted %(type_name)s"),
    _("Or press the 'Change History' button to edit the history."),
]
