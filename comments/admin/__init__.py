"""The moderators' side of the admin."""

from comments.admin.comment import CommentAdmin
from comments.admin.policy import CommentSettingsAdmin, PolicyAdmin
from comments.admin.rules import WordRuleAdmin
from comments.admin.senders import BanAdmin

__all__ = ["BanAdmin", "CommentAdmin", "CommentSettingsAdmin", "PolicyAdmin", "WordRuleAdmin"]
