"""What the journalists' desk keeps beside an article: unsaved texts, who is writing, and links to it."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import LinkKind, LinkState, Status
from articles.models.article import Article
from articles.models.steps import InvalidTransition

KEPT_FOR = timedelta(days=30)
MOST_COPIES = 50  # of one person; the oldest go first
LOCK_ENDS_AFTER = timedelta(minutes=2)


class WorkingCopy(models.Model):
    """What stands in someone's writing form and was not saved yet. It is nobody else's.

    Each opened form has a key of its own, so that two windows never write over each other.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="working_copies")
    key = models.UUIDField(default=uuid.uuid4)  # the form of a new article, which has no number yet
    fields = models.JSONField(default=dict)  # as the form would send them
    # The version of the article that the form was opened on: `modified_at`, as text.
    base = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_working_copy_of_a_form"),
        ]

    def __str__(self) -> str:
        return str(self.article or _("new article"))

    @classmethod
    def keep(
        cls, user: Any, article: Article | None, key: uuid.UUID, fields: dict[str, list[str]], replaces: Any = None
    ) -> "WorkingCopy":
        """Store what `user`'s form `key` holds now; `replaces` is the copy that the form was restored from."""
        values: dict[str, Any] = {"article": article, "fields": fields, "saved_at": timezone.now()}
        values["base"] = "".join(fields.get("version", [])[:1])[:40]
        with transaction.atomic():
            copy, made = cls.objects.update_or_create(user=user, key=key, defaults=values)
            if replaces:
                cls.drop(user, [replaces])
            if made:
                others = cls.objects.filter(user=user).order_by("-saved_at", "-pk")
                oldest = list(others.values_list("pk", flat=True)[MOST_COPIES:])
                cls.objects.filter(pk__in=oldest).delete()
        return copy

    @classmethod
    def drop(cls, user: Any, keys: list[Any]) -> int:
        """Forget `user`'s copies with these keys; how many there were."""
        return cls.objects.filter(user=user, key__in=keys).delete()[0]

    @classmethod
    def purge(cls) -> int:
        """Forget what nobody came back to for KEPT_FOR; how many there were."""
        return cls.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()[0]


class EditLock(models.Model):
    """Who has an article's form open. It ends by itself when that form is heard of no more."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE, related_name="edit_lock")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="edit_locks")
    taken_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("edit lock")
        verbose_name_plural = _("edit locks")

    def __str__(self) -> str:
        return str(self.user.get_full_name() or self.user)

    @property
    def is_over(self) -> bool:
        """Whether its form was heard of too long ago."""
        return self.seen_at < timezone.now() - LOCK_ENDS_AFTER

    @classmethod
    def take(cls, article: Article, user: Any, *, over: bool = False) -> "EditLock":
        """The lock after `user` asked for it: theirs where it is free, theirs already, or taken `over`."""
        now = timezone.now()
        with transaction.atomic():
            locks = cls.objects.select_for_update()
            lock, _made = locks.get_or_create(article=article, defaults={"user": user, "taken_at": now})
            is_theirs = lock.user_id == user.pk
            if not is_theirs and not over and not lock.is_over:
                return lock
            if not is_theirs or lock.is_over:
                lock.user, lock.taken_at = user, now
            lock.seen_at = now
            lock.save()
        return lock

    @classmethod
    def release(cls, article: Article, user: Any) -> None:
        """Free the article, where it is `user` who holds it."""
        cls.objects.filter(article=article, user=user).delete()

    @classmethod
    def of_another(cls, article: Article, user: Any) -> "EditLock | None":
        """The lock that tells `user` to wait, if there is one."""
        lock = cls.objects.select_related("user").filter(article=article).exclude(user=user).first()
        return lock if lock and not lock.is_over else None


class ArticleLink(models.Model):
    """A signed address that shows one article to somebody without an account, or lets them approve it once."""

    kind = models.CharField(_("kind"), max_length=10, choices=LinkKind)
    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="links")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("issued by"), on_delete=models.PROTECT, related_name="article_links"
    )
    name = models.CharField(_("for whom"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("issued"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("link to an article")
        verbose_name_plural = _("links to articles")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_ends_after_its_start"),
            models.CheckConstraint(
                condition=~Q(kind=LinkKind.APPROVAL) | ~Q(name=""), name="approval_link_names_its_director"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(kind=LinkKind.APPROVAL), name="only_approval_links_are_used_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or '—'}"

    @property
    def state(self) -> LinkState:
        """Whether it still opens anything, and if not, why."""
        if self.used_at:
            return LinkState.USED
        if self.revoked_at:
            return LinkState.REVOKED
        return LinkState.OPEN if self.expires_at > timezone.now() else LinkState.EXPIRED

    @classmethod
    def issue_approval(cls, article: Article, by: Any, name: str, days: int) -> "ArticleLink":
        """A link by which `name`, who has no account, decides on `article` in the name of `by`, within `days`.

        Raises InvalidTransition unless the article waits for a decision.
        """
        if article.status != Status.IN_REVIEW:
            raise InvalidTransition(_("Only an article in review can be approved by a link."), code="not-in-review")
        return cls._issue(LinkKind.APPROVAL, article, by, name, days)

    @classmethod
    def issue_preview(cls, article: Article, by: Any, days: int, name: str = "") -> "ArticleLink":
        """A link that shows `article` as it is stored, for `days`, to whoever has it; `name` says for whom."""
        return cls._issue(LinkKind.PREVIEW, article, by, name, days)

    @classmethod
    def _issue(cls, kind: LinkKind, article: Article, by: Any, name: str, days: int) -> "ArticleLink":
        now = timezone.now()
        until = now + timedelta(days=days)
        return cls.objects.create(kind=kind, article=article, issued_by=by, name=name, created_at=now, expires_at=until)

    def revoke(self) -> bool:
        """Let it open nothing from now on. False where it was over already."""
        return self._end(revoked_at=timezone.now())

    def use(self) -> bool:
        """Use it up: of several at once one succeeds. To be undone with the transaction if nothing comes of it."""
        return self._end(used_at=timezone.now())

    def _end(self, **how: datetime) -> bool:
        """Write the end of a link that is open, in one statement."""
        still = type(self).objects.filter(pk=self.pk, used_at=None, revoked_at=None, expires_at__gt=timezone.now())
        return bool(still.update(**how))
