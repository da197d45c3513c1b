"""Keeps the cards that were drawn. An article has one in each language: what it showed before goes."""

from contextlib import suppress

from django.core.files.storage import default_storage

from articles import renditions
from articles.cards.card import Card
from articles.cards.drawing import draw


def find_or_make(card: Card) -> bytes:
    """The card, drawn and stored unless that was done before."""
    content = renditions.load(card.name)
    if content is not None:
        return content
    with renditions.turn(card.name):
        content = renditions.load(card.name)
        if content is None:
            content = draw(card)
            _forget_others(card)
            renditions.store(card.name, content)
    return content


def _forget_others(card: Card) -> None:
    with suppress(OSError):
        for name in default_storage.listdir(card.folder)[1]:
            if name.startswith(f"{card.language}-"):
                default_storage.delete(f"{card.folder}/{name}")
