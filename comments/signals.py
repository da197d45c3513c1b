"""The one signal of this app: what readers see under an article has changed."""

from django.dispatch import Signal

# Sent inside the transaction of the change. Arguments:
#   sender    the Comment class
#   articles  frozenset of primary keys of the articles concerned
comments_changed = Signal()
