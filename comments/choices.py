"""The words that the columns of comments and of what surrounds them may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where a comment stands."""

    PENDING = "pending", pgettext_lazy("comment", "pending")
    APPROVED = "approved", pgettext_lazy("comment", "approved")
    REJECTED = "rejected", pgettext_lazy("comment", "rejected")
    SPAM = "spam", pgettext_lazy("comment", "spam")


class Mode(models.TextChoices):
    """How an article, a category or the site takes comments."""

    PRE = "pre", _("shown after approval")
    POST = "post", _("shown at once, moderated afterwards")
    CLOSED = "closed", _("closed")


class Queue(models.TextChoices):
    """What a comment waits for at the desk, the most urgent first. Empty: it waits for nobody."""

    ESCALATED = "escalated", pgettext_lazy("queue", "for the editor-in-chief")
    REPORTED = "reported", pgettext_lazy("queue", "reported by readers")
    RULE = "rule", pgettext_lazy("queue", "held by a rule")
    FIRST = "first", pgettext_lazy("queue", "first comments")
    KNOWN = "known", pgettext_lazy("queue", "known senders")
    SAMPLE = "sample", pgettext_lazy("queue", "sample of the trusted")


class Reason(models.TextChoices):
    """Why a comment got its state: the policy's step, or a person's act."""

    HELD = "held", _("held for a moderator, as every comment is by default")
    POST_MODERATED = "post_moderated", _("comments here are shown at once")
    HONEYPOT = "honeypot", _("a field was filled in that readers do not see")
    STAFF_NAME = "staff_name", _("the name is that of a member of the newsroom")
    RULE = "rule", _("a word rule")
    LINKS = "links", _("many links")
    REPEAT = "repeat", _("the same text as an earlier comment")
    BANNED = "banned", _("the sender is banned")
    ALWAYS_HELD = "always_held", _("this sender’s comments are always held")
    RECENT_REJECTIONS = "recent_rejections", _("comments by this sender were rejected lately")
    SAMPLE = "sample", _("a sample of trusted senders’ comments")
    TRUSTED = "trusted", _("a trusted sender")
    MODERATOR = "moderator", _("decided by a moderator")
    STAFF = "staff", _("written by the newsroom")
    REPORTED = "reported", _("reported by readers")
    ESCALATED = "escalated", _("passed to the editor-in-chief")
    EDITED = "edited", _("words masked or links taken out by a moderator")
    UNDONE = "undone", _("a decision taken back")
    LEGAL_HOLD = "legal_hold", _("kept for legal reasons")
    LEGAL_RELEASE = "legal_release", _("no longer kept for legal reasons")
    WITHDRAWN = "withdrawn", _("taken back at its writer’s request")


class Cause(models.TextChoices):
    """Why a moderator rejects, in the order of the keys 1 to 9."""

    INSULT = "insult", _("insult or defamation")
    HATE = "hate", _("hatred or discrimination")
    VIOLENCE = "violence", _("call to violence")
    PRIVATE = "private", _("private data of somebody")
    FALSE = "false", _("false information")
    TOPIC = "topic", _("not about the article")
    ADVERTISING = "advertising", _("advertising")
    UNREADABLE = "unreadable", _("cannot be read")
    LAW = "law", _("against the law")


# The sender hears of these; telling advertisers and repeat offenders only helps them.
TOLD = frozenset({Cause.INSULT, Cause.PRIVATE, Cause.FALSE, Cause.TOPIC, Cause.UNREADABLE})


class Action(models.TextChoices):
    """What a word rule does with a comment that it meets."""

    HOLD = "hold", _("hold for a moderator")
    REJECT = "reject", _("reject")
    SPAM = "spam", _("mark as spam")


class BanState(models.TextChoices):
    """Whether a ban counts."""

    STANDING = "standing", pgettext_lazy("ban", "in force")
    OVER = "over", pgettext_lazy("ban", "over")
    LIFTED = "lifted", pgettext_lazy("ban", "lifted")


class Complaint(models.TextChoices):
    """Why a reader reports a comment."""

    INSULT = "insult", _("It insults or defames somebody")
    HATE = "hate", _("It spreads hatred")
    VIOLENCE = "violence", _("It calls for violence")
    PRIVATE = "private", _("It reveals private data")
    FALSE = "false", _("It is false")
    SPAM = "spam", _("It is advertising")
    OTHER = "other", _("Something else")


class Follow(models.TextChoices):
    """What a writer wants to hear of by mail."""

    ANSWERS = "answers", _("Answers to my comment")
    ALL = "all", _("All new comments on this article")


class Ask(models.TextChoices):
    """What a writer may ask for on the receipt of a comment."""

    CONFIRM = "confirm", _("Confirm my address")
    ANSWERS = Follow.ANSWERS.value, Follow.ANSWERS.label
    ALL = Follow.ALL.value, Follow.ALL.label
    WITHDRAW = "withdraw", _("Take my comment back")


class Outcome(models.TextChoices):
    """What became of a report or of a request."""

    OPEN = "open", pgettext_lazy("outcome", "open")
    UPHELD = "upheld", pgettext_lazy("outcome", "upheld")
    DISMISSED = "dismissed", pgettext_lazy("outcome", "dismissed")


class MailKind(models.TextChoices):
    """What a message of the outbox is about."""

    CONFIRM = "confirm", _("confirmation of an address")
    REPLY = "reply", _("an answer to follow")
    DECIDED = "decided", _("what became of a comment")
    DIGEST = "digest", _("digest for moderators")
    MY_DATA = "my_data", _("link to what is kept about an address")
