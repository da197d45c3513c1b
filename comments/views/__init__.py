"""What readers see and send: discussions, receipts, reports, and links from their mailbox."""

from comments.views.decide import comment_decide
from comments.views.discussion import article_comments
from comments.views.mailbox import comment_confirm, comment_unsubscribe
from comments.views.my_data import my_data, my_data_held
from comments.views.receipt import comment_ask, comment_received
from comments.views.report import comment_report

__all__ = [
    "article_comments",
    "comment_ask",
    "comment_confirm",
    "comment_decide",
    "comment_received",
    "comment_report",
    "comment_unsubscribe",
    "my_data",
    "my_data_held",
]
