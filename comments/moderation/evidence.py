"""Everything that is known about one comment, as a document whose hash can be checked.

It holds no address beyond its mask and nobody's keyed hash. The log outlives its comment, so an
erased one still has a document: without its text, with the hashes of what was decided on.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from articles.models import Article
from comments.models import Comment, Decision
from comments.privacy import mask

FORMAT = "newsroom-comment-evidence/1"
Document = dict[str, Any]


def evidence(key: int, by: Any, at: datetime, address: Callable[[Article], str]) -> Document | None:
    """The document on the comment `key`, exported `by` a person; None where nothing is known of it.

    `address` gives the full address of an article.
    """
    comment = Comment.objects.defer(None).select_related("article").filter(pk=key).first()
    decisions = [_decision(each) for each in Decision.objects.filter(comment=key).select_related("by").order_by("pk")]
    if not (comment or decisions):
        return None
    document: Document = {
        "format": FORMAT,
        "number": key,
        "comment": _comment(comment) if comment else None,
        "article": _article(comment.article, address) if comment else None,
        "revisions": _revisions(comment) if comment else [],
        "reports": _reports(comment) if comment else [],
        "decisions": decisions,
        "exported": {"at": _time(at), "by": by.get_username()},
    }
    return {**document, "sha256": document_hash(document)}


def document_hash(document: Document) -> str:
    """SHA-256 of the document but for its member `sha256`: as JSON in UTF-8, keys sorted, without spaces."""
    hashed = {name: value for name, value in document.items() if name != "sha256"}
    canonical = json.dumps(hashed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def text_hash(text: str) -> str:
    """As the log of decisions hashes a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _comment(comment: Comment) -> Document:
    return {
        "name": comment.name,
        "text": comment.text,
        "text_sha256": text_hash(comment.text),
        "revision": comment.revision,
        "edited": comment.edited,
        "status": comment.status,
        "submitted_at": _time(comment.submitted_at),
        "language": comment.language,
        "in_reply_to": comment.parent_id,
        "by_the_newsroom": comment.staff,
        "email": mask(comment.email) if comment.email else "",
        "network": comment.network,
        "legal_hold": comment.legal_hold,
    }


def _article(article: Article, address: Callable[[Article], str]) -> Document:
    return {"number": article.pk, "title": str(article), "address": address(article)}


def _revisions(comment: Comment) -> list[Document]:
    return [
        {
            "revision": each.revision,
            "text": each.text,
            "text_sha256": text_hash(each.text),
            "replaced_by": each.by.get_username(),
            "replaced_at": _time(each.at),
        }
        for each in comment.revisions.select_related("by").order_by("revision")
    ]


def _reports(comment: Comment) -> list[Document]:
    return [
        {
            "complaint": each.complaint,
            "note": each.note,
            "revision": each.revision,
            "outcome": each.outcome,
            "at": _time(each.at),
        }
        for each in comment.reports.order_by("pk")
    ]


def _decision(decision: Decision) -> Document:
    return {
        "number": decision.pk,
        "at": _time(decision.at),
        "by": decision.by.get_username() if decision.by else None,
        "from": decision.from_status,
        "to": decision.to_status,
        "from_queue": decision.from_queue,
        "reason": decision.reason,
        "cause": decision.cause,
        "rule": decision.rule_id,
        "span": [decision.span_start, decision.span_end] if decision.span_start is not None else None,
        "detail": decision.detail,
        "note": decision.note,
        "revision": decision.revision,
        "text_sha256": decision.text_hash,
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
