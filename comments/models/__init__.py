"""Comments, the log of what was decided about them, and what the desk needs beside."""

from comments.models.comment import Comment, RevisionChanged
from comments.models.decision import AddressLook, Decision, DecisionManager
from comments.models.desk import ArticleTally, CommentRevision, SavedFilter, Tally
from comments.models.history import write_history
from comments.models.keeping import PassedOn
from comments.models.learning import Feature, Likeness
from comments.models.mail import OutboxMessage
from comments.models.policy import Policy
from comments.models.reporting import TooManyReports
from comments.models.rule import WordRule
from comments.models.sender import Ban, Sender, SenderProof
from comments.models.settings import CommentSettings
from comments.models.voices import Report, Subscription, WithdrawalRequest

__all__ = [
    "AddressLook",
    "ArticleTally",
    "Ban",
    "Comment",
    "CommentRevision",
    "CommentSettings",
    "Decision",
    "DecisionManager",
    "Feature",
    "Likeness",
    "OutboxMessage",
    "PassedOn",
    "Policy",
    "Report",
    "RevisionChanged",
    "SavedFilter",
    "Sender",
    "SenderProof",
    "Subscription",
    "Tally",
    "TooManyReports",
    "WithdrawalRequest",
    "WordRule",
    "write_history",
]
