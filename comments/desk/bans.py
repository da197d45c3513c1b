"""The form of a ban: of whom, where, and for how long."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models import Ban, Comment, Sender

SENDER, NETWORK = "sender", "network"
SITE, ARTICLE, CATEGORY = "site", "article", "category"
TERMS = (
    ("1", _("one day")),
    ("7", _("7 days")),
    ("30", _("30 days")),
    ("", pgettext_lazy("ban", "for good")),
)


class BanForm(forms.Form):
    """A ban of the sender of a comment, or of the network that it came from."""

    whom = forms.ChoiceField(label=_("Whom"), widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=pgettext_lazy("ban", "Where"),
        choices=((SITE, _("everywhere")), (ARTICLE, _("on this article")), (CATEGORY, _("in this category"))),
        initial=SITE,
        widget=forms.RadioSelect,
    )
    days = forms.ChoiceField(
        label=_("For how long"), choices=TERMS, initial="7", required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, comment: Comment, sender: Sender | None, data: Any = None) -> None:
        super().__init__(data, auto_id="ban-%s")
        self.comment, self.sender = comment, sender
        self.fields["whom"].choices = self._whom()  # type: ignore[attr-defined]
        self.initial.setdefault("whom", self.fields["whom"].choices[0][0] if self.is_possible else "")  # type: ignore[attr-defined]

    @property
    def is_possible(self) -> bool:
        """Whether there is anybody to ban: after the time of keeping there is neither address nor network."""
        return bool(self._whom())

    def impose(self, by: Any) -> Ban:
        """Ban as the valid form says."""
        data = self.cleaned_data
        how = {"until": self._until(data["days"]), "note": data["note"], **self._scope(data["scope"])}
        if data["whom"] == SENDER and self.sender:
            return self.sender.ban(by, **how)
        return Ban.impose(by, network=self.comment.network, **how)

    def _whom(self) -> list[tuple[str, Any]]:
        sender = [(SENDER, _("the sender"))] if self.sender else []
        return [*sender, (NETWORK, _("their network"))] if self.comment.network else sender

    def _scope(self, scope: str) -> dict[str, Any]:
        if scope == SITE:
            return {}
        article = self.comment.article
        return {"article": article} if scope == ARTICLE else {"category": article.category}

    @staticmethod
    def _until(days: str) -> Any:
        return timezone.now() + timedelta(days=int(days)) if days else None
