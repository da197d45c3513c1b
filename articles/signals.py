"""The one signal of this app: what readers see of articles has changed."""

from django.dispatch import Signal

# Sent inside the transaction of the change. Arguments:
#   sender      the model class that changed
#   articles    frozenset of primary keys of the articles concerned
#   everywhere  True where the change shows on every page (a category's name, an author's)
article_changed = Signal()
