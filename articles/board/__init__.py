"""The acts of editors on the front page: each is done once, logged, and can be taken back."""

from articles.board.acts import Board, Clash, Refused, Stale
from articles.board.states import version

__all__ = ["Board", "Clash", "Refused", "Stale", "version"]
