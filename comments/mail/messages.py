"""What the mails say: each is written at sending, in the reader's language, from what the outbox names."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.bidi import isolate
from comments.choices import MailKind, Reason, Status
from comments.mail import digests
from comments.mail import links as mail_links
from comments.mail.letter import Letter, absolute, as_mail, one_click
from comments.models import Comment, Decision, OutboxMessage, Sender
from comments.thread import comment_path
from comments.tokens import confirm_path, unsubscribe_path


def compose(message: OutboxMessage) -> EmailMultiAlternatives | None:
    """The mail that `message` stands for; None where there is nothing to tell, or nobody, any more."""
    with translation.override(_language(message)), timezone.override(settings.TIME_ZONE):
        letter = WRITERS[MailKind(message.kind)](message)
        return as_mail(message, letter) if letter and letter.to else None


def _language(message: OutboxMessage) -> str:
    holder = message.subscription or message.comment
    known = dict(settings.LANGUAGES)
    return holder.language if holder and holder.language in known else settings.LANGUAGE_CODE


def _confirm(message: OutboxMessage) -> Letter | None:
    """Says nothing of what was written: whoever typed this address need not be who reads the mail."""
    comment, subscription = message.comment, message.subscription
    if comment is None or not comment.article.is_visible:
        return None
    context = {
        "article": comment.article,
        "article_url": absolute(comment.article.get_absolute_url()),
        "confirm_url": absolute(confirm_path(comment, subscription)),
        "follows": subscription is not None,
    }
    return Letter(comment.email, _("Confirm your e-mail address"), "confirm", context)


def _reply(message: OutboxMessage) -> Letter | None:
    comment, subscription = message.comment, message.subscription
    if comment is None or subscription is None or subscription.confirmed_at is None:
        return None
    if comment.status != Status.APPROVED or not comment.article.is_visible:
        return None
    unsubscribe_url = absolute(unsubscribe_path(subscription))
    context = {
        "comment": comment,
        "article": comment.article,
        "is_answer": subscription.comment_id is not None,
        "comment_url": absolute(comment_path(comment)),
        "unsubscribe_url": unsubscribe_url,
    }
    subject = _("A new comment on “%(article)s”") % {"article": isolate(comment.article)}
    return Letter(subscription.email, subject, "reply", context, one_click(unsubscribe_url))


def _decided(message: OutboxMessage) -> Letter | None:
    comment = message.comment
    decision = Decision.objects.filter(comment=comment, act=message.act).first() if comment else None
    if comment is None or decision is None or comment.status != decision.to_status or not comment.article.is_visible:
        return None  # undone, or decided anew
    proved = Sender.objects.filter(email_digest=comment.email_digest).exclude(verified_at=None).exists()
    outcome = _outcome(decision)
    context = {
        "article": comment.article,
        "article_url": absolute(comment.article.get_absolute_url()),
        "text": comment.text if proved else "",  # a mail to an address that another may have typed quotes nothing
        "cause": decision.get_cause_display() if decision.cause else "",
        "outcome": outcome,
    }
    return Letter(comment.email, _subject_of(outcome), "decided", context)


def _outcome(decision: Decision) -> str:
    if decision.reason == Reason.WITHDRAWN:
        return "withdrawn"
    return "approved" if decision.to_status == Status.APPROVED else "rejected"


def _subject_of(outcome: str) -> str:
    return {
        "approved": _("Your comment is published"),
        "rejected": _("Your comment was not published"),
        "withdrawn": _("Your comment was taken back"),
    }[outcome]


def _digest(message: OutboxMessage) -> Letter | None:
    user = message.user
    if user is None or not user.is_active or not user.has_perm("comments.change_comment"):
        return None
    queues = digests.queues_of(user)
    rows = digests.waiting(queues)
    if not rows:
        return None
    items = [_item(user, comment) for comment in digests.most_urgent(queues)]
    context = {"rows": rows, "items": items, "desk_url": absolute("/admin/comments/desk/")}
    return Letter(user.email, _("Comments wait at the desk"), "digest", context)


def _item(user: Any, comment: Comment) -> dict[str, Any]:
    return {
        "comment": comment,
        "approve_url": absolute(mail_links.decide_path(user, comment, "approve")),
        "reject_url": absolute(mail_links.decide_path(user, comment, "reject")),
    }


def _my_data(message: OutboxMessage) -> Letter | None:
    holder = message.comment or message.subscription
    if holder is None:
        return None
    context = {"my_data_url": absolute(mail_links.my_data_path(str(holder._meta.model_name), holder.pk))}
    return Letter(holder.email, _("What is kept about your e-mail address"), "my_data", context)


WRITERS: dict[MailKind, Callable[[OutboxMessage], Letter | None]] = {
    MailKind.CONFIRM: _confirm,
    MailKind.REPLY: _reply,
    MailKind.DECIDED: _decided,
    MailKind.DIGEST: _digest,
    MailKind.MY_DATA: _my_data,
}
