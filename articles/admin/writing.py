"""What the writing form does beside saving: unsaved text kept, one writer at a time, a checklist."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.choosing import ChoosingAdmin
from articles.admin.conflict import conflict_of
from articles.admin.unsaved import (
    as_data,
    as_key,
    clock,
    copies_of,
    facts_of,
    is_too_large,
    read_sent,
    told_of,
)
from articles.http import private_page
from articles.models import Article, EditLock, WorkingCopy

HANDING_IN = {"submit", "publish"}  # steps
TOO_LARGE = gettext_lazy(
    "The text is too large to be kept: 2 MB at most. Split it, or take away what was pasted with it."
)


class WritingAdmin(ChoosingAdmin, admin.ModelAdmin):
    """What the writing form does beside saving: unsaved text kept, one writer at a time, a checklist."""

    def get_urls(self) -> list[Any]:
        views = [
            ("keep/", self.keep_view, "keep_new"),
            ("<key:pk>/keep/", self.keep_view, "keep"),
            ("<key:pk>/lock/", self.lock_view, "lock"),
            ("<key:pk>/unlock/", self.unlock_view, "unlock"),
            ("<key:pk>/take-over/", self.take_over_view, "take_over"),
            ("unsaved/<uuid:key>/discard/", self.discard_view, "discard"),
        ]
        paths = [path(route, self._private_post(view), name=f"articles_article_{name}") for route, view, name in views]
        return [*paths, *super().get_urls()]

    def _private_post(self, view: Any) -> Any:
        return self.admin_site.admin_view(private_page(require_POST(view)), cacheable=True)

    # What the form sends while someone writes

    def keep_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """`{"key": …, "fields": [[name, value], …]}` in; what was kept, who else writes, and the facts out."""
        article = self._written(request, pk)
        if is_too_large(request):
            return JsonResponse({"error": str(TOO_LARGE)}, status=413)
        sent = read_sent(request.body)
        if sent is None:
            return JsonResponse({"error": _("The text could not be read.")}, status=400)
        copy = WorkingCopy.keep(request.user, article, sent.key, sent.fields, sent.replaces)
        told = {"saved": _("Kept at %(time)s.") % {"time": clock(copy.saved_at)}, "held": ""}
        if article:
            told["held"] = self._hold(request, article)
        return JsonResponse({**told, "facts": facts_of(sent.fields, article)})

    def lock_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form is open; `held` says who else writes."""
        article = self._written(request, pk)
        return JsonResponse({"held": self._hold(request, article)})

    def unlock_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form was left."""
        EditLock.release(self._written(request, pk), request.user)
        return HttpResponse(status=204)

    def take_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write although someone else does. That person's form says so with its next beat."""
        article = self._written(request, pk)
        EditLock.take(article, request.user, over=True)
        self.message_user(request, _("You are writing now."), messages.SUCCESS)
        return redirect("admin:articles_article_change", pk)

    def discard_view(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Forget an unsaved text of one's own; one of somebody else is as good as missing."""
        copy = WorkingCopy.objects.filter(user=request.user, key=key).first()
        if copy is None:
            raise Http404
        copy.delete()
        self.message_user(request, _("The unsaved text was discarded."), messages.SUCCESS)
        if copy.article_id:
            return redirect("admin:articles_article_change", copy.article_id)
        return redirect("admin:articles_article_add")

    def _written(self, request: HttpRequest, pk: int | None) -> Any:
        """The article that this person may write, None for a new one; Http404 for any other."""
        if pk is None:
            if not self.has_add_permission(request):
                raise Http404
            return None
        article = self.get_object(request, str(pk))
        if article is None or not self.has_change_permission(request, article):
            raise Http404
        return article

    def _hold(self, request: HttpRequest, article: Article) -> str:
        """Take the lock or keep it; who holds it where it is someone else."""
        lock = EditLock.take(article, request.user)
        return told_of(lock if lock.user_id != request.user.pk else None)

    # The form itself

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Read anew under a lock before it is written: of two saves at once the second sees the first."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST" and transaction.get_connection().in_atomic_block:
            list(Article._base_manager.select_for_update().filter(pk=found.pk).values_list("pk"))
            found = super().get_object(request, object_id, from_field)
        return found

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]
        form: Any = super().get_form(request, obj, **kwargs)
        steps = self.steps_for(request, obj)  # type: ignore[attr-defined]
        form.handing_in = frozenset(f"_step_{step.name}" for step in steps if step.name in HANDING_IN)
        copy = self._restored(request, obj)
        if copy:
            form.restored = as_data(copy)
        return form

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        values = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        copy = self._restored(request, obj if obj.pk else None)
        if copy and f"{prefix}-TOTAL_FORMS" in copy.fields and inline.has_change_permission(request, obj):
            values["data"] = as_data(copy)
        return values

    def _restored(self, request: HttpRequest, obj: Any) -> WorkingCopy | None:
        """The unsaved text that the form was asked to show."""
        key = as_key(request.GET.get("unsaved"))
        if request.method != "GET" or key is None:
            return None
        if not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request)):
            return None
        return WorkingCopy.objects.filter(user=request.user, key=key, article=obj).first()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """With the article go its unsaved text and the lock, in the one transaction."""
        super().save_model(request, obj, form, change)
        keys = [as_key(request.POST.get(name)) for name in ("working_copy", "restored_from")]
        WorkingCopy.drop(request.user, [key for key in keys if key])
        EditLock.release(obj, request.user)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            context["writing"] = self._writing(request, obj, context["adminform"].form)
        return super().render_change_form(request, context, *args, **kwargs)

    def _writing(self, request: HttpRequest, obj: Any, form: Any) -> dict[str, Any]:
        """What the writing form shows beside its fields, and where its script sends them."""
        restored = self._restored(request, obj)
        own = {request.POST.get("working_copy"), str(restored.key) if restored else ""}
        lock = EditLock.of_another(obj, request.user) if obj else None
        return {
            "key": as_key(request.POST.get("working_copy")) or uuid.uuid4(),
            "restored_from": restored.key if restored else request.POST.get("restored_from", ""),
            "restored_at": clock(restored.saved_at) if restored else "",
            "copies": [copy for copy in copies_of(request.user, obj) if copy["key"] not in own],
            "held": told_of(lock),
            "conflict": conflict_of(form) if form.is_stale else None,
            "facts": facts_of(_standing(form), obj),
            "keep_url": reverse("admin:articles_article_keep", args=[obj.pk])
            if obj
            else reverse("admin:articles_article_keep_new"),
        }


def _standing(form: Any) -> dict[str, list[str]]:
    """What the form shows, by field, as it would send it."""
    names = [name for name in form.fields if name not in ("filed_under", "byline", "tags")]
    values = {name: form[name].value() for name in names}
    return {name: [str(value)] for name, value in values.items() if value and not isinstance(value, list)}
