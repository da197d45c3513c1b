"""Pictures uploaded by a script, file by file, and what is said of each asked for at once."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import construct_change_message
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from articles.http import private_page
from articles.models import Picture
from articles.renditions import smallest

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif"


class UploadForm(forms.ModelForm):
    """One file. Its name is not asked for anything, so it may be of any length."""

    file = forms.FileField()

    class Meta:
        model = Picture
        fields = ("file",)


class WordsForm(forms.ModelForm):
    """What must be said of a picture, in the language of the desk."""

    class Meta:
        model = Picture
        fields = ("alt", "caption", "credit")


class UploadingAdmin(admin.ModelAdmin):
    """The addresses that the desk's scripts ask about pictures; all answer with JSON."""

    def get_urls(self) -> list[Any]:
        views: list[tuple[str, Any, str]] = [
            ("upload/", require_POST(self.upload), "upload"),
            ("<key:pk>/words/", require_POST(self.words), "words"),
            ("<key:pk>/card/", require_safe(self.card), "card"),
        ]
        return [
            *(
                path(
                    route,
                    self.admin_site.admin_view(private_page(view), cacheable=True),
                    name=f"articles_picture_{name}",
                )
                for route, view, name in views
            ),
            *super().get_urls(),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Take `file`: 201 and the picture; 200 and the one that has the same content already; 422 and why not."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"error": _sentences(form)}, status=422)
        twin = form.instance.twin()
        if twin:
            return JsonResponse(self._tell(request, twin) | {"known": True})
        form.instance.uploaded_by = request.user
        with transaction.atomic():
            picture = form.save()
            self.log_addition(request, picture, [{"added": {}}])
        return JsonResponse(self._tell(request, picture), status=201)

    def words(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store `alt`, `caption` and `credit` of a picture; 422 and the errors by field."""
        picture = get_object_or_404(Picture, pk=pk)
        if not self.has_change_permission(request, picture):
            raise PermissionDenied
        sent = {name: request.POST.get(name, getattr(picture, name) or "") for name in WordsForm.Meta.fields}
        form = WordsForm(sent, instance=picture)
        if not form.is_valid():
            return JsonResponse(
                {"errors": {name: " ".join(map(str, texts)) for name, texts in form.errors.items()}}, status=422
            )
        with transaction.atomic():
            form.save()
            self.log_change(request, picture, _changes(form))
        return JsonResponse(self._tell(request, picture))

    def card(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a form shows of the picture that was chosen in it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse(self._tell(request, get_object_or_404(Picture, pk=pk)))

    def _tell(self, request: HttpRequest, picture: Picture) -> dict[str, Any]:
        return {
            "id": picture.pk,
            "label": str(picture),
            "address": picture.address,
            "thumb": smallest(picture, "thumb"),
            "alt": picture.alt or "",
            "caption": picture.caption or "",
            "credit": picture.credit,
            "form": reverse("admin:articles_picture_change", args=[picture.pk]),
            "words": reverse("admin:articles_picture_words", args=[picture.pk]),
            "changeable": self.has_change_permission(request, picture),
        }


def _sentences(form: forms.ModelForm) -> str:
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def _changes(form: Any) -> list[dict[str, Any]]:
    return construct_change_message(form, [], add=False)
