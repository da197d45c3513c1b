"""A sender's full address: behind a button, for those who may see it, and every look is logged."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comments.desk.rights import desk_page
from comments.models import AddressLook, Comment

SEE = "comments.see_address"


@desk_page(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """The masked address and a button; behind the button, once, the address itself."""
    comment = get_object_or_404(Comment.objects.defer(None).select_related("article"), pk=pk)
    context = {**admin.site.each_context(request), "title": _("Address of a sender"), "comment": comment}
    if request.method == "POST" and comment.email:
        AddressLook.objects.create(comment=comment, by=request.user)
        context["shown"] = comment.email
    return TemplateResponse(request, "admin/comments/desk/address.html", context)
