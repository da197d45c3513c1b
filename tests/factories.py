"""Objects for tests: plain functions, each giving something stored and complete."""

import itertools
import time
from datetime import timedelta
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from articles.choices import Block
from articles.models import Article, Author, Category, FrontPageSlot, Picture, Tag
from comments.choices import Reason
from comments.models import Comment, Decision
from comments.stamp import make_stamp
from newsroom.choices import LetterKind
from newsroom.models import Advert, Page, ReaderLetter, SiteSettings

_numbers = itertools.count(1)


def make_user(role: str = "", **values: Any) -> User:
    """A member of staff in the group `role`, whose password is “password”."""
    number = next(_numbers)
    values = {"username": f"{role or 'staff'}{number}", "is_staff": True, **values}
    user = User.objects.create_user(password="password", **values)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_category(name: str = "", **values: Any) -> Category:
    return Category.objects.create(name=name or f"قسم {next(_numbers)}", **values)


def make_author(name: str = "", **values: Any) -> Author:
    return Author.objects.create(name=name or f"كاتب {next(_numbers)}", **values)


def make_tag(name: str = "", **values: Any) -> Tag:
    return Tag.objects.create(name=name or f"وسم {next(_numbers)}", **values)


def make_article(title: str = "", *, tags: tuple[str, ...] = (), **values: Any) -> Article:
    """A published article, unless `status` says otherwise, in a category of its own unless given one."""
    number = next(_numbers)
    values.setdefault("status", Article.Status.PUBLISHED)
    if values["status"] == Article.Status.PUBLISHED:
        values.setdefault("published_at", timezone.now())
    if "category" not in values:
        values["category"] = make_category()
    values.setdefault("body", f"<p>نص المقال {number}</p>")
    article = Article.objects.create(title=title or f"عنوان المقال {number}", **values)
    if tags:
        article.tags.set(tags)
    return article


def make_comment(article: Article | None = None, *, status: str = "approved", **values: Any) -> Comment:
    """A stored comment in `status`, approved unless told, with the decision that put it there."""
    number = next(_numbers)
    values = {"name": f"قارئ {number}", "email": f"reader{number}@example.ma", "text": f"تعليق {number}", **values}
    comment = Comment.objects.create(article=article or make_article(), status=status, **values)
    Decision.objects.record(comment, Comment.Status.PENDING, Reason.MODERATOR, by=None)
    return comment


def comment_data(article: Article, **values: Any) -> dict[str, Any]:
    """What a reader's browser posts from the form under `article`."""
    fields = {"name": "سعيد", "email": "said@example.ma", "text": "شكرا على هذا المقال.", "parent": "", "website": ""}
    return {**fields, "stamp": make_stamp(article.pk), **values}


def make_site(**values: Any) -> SiteSettings:
    """The one row of settings."""
    return SiteSettings.objects.create(**{"name": "بريد الأطلس", **values})


def make_page(title: str = "", **values: Any) -> Page:
    """A published page in Arabic, unless told."""
    title = title or f"صفحة {next(_numbers)}"
    return Page.objects.create(**{"title_ar": title, "body_ar": f"<p>نص {title}</p>", **values})


def make_letter(**values: Any) -> ReaderLetter:
    """An open letter with an address, a message to the newsroom unless told."""
    number = next(_numbers)
    values = {"name": f"قارئ {number}", "email": f"reader{number}@example.ma", "text": f"رسالة {number}", **values}
    return ReaderLetter.objects.create(**{"kind": LetterKind.CONTACT, **values})


def contact_data(**values: Any) -> dict[str, Any]:
    """What a browser posts from the contact form."""
    fields = {"name": "سعيد", "email": "said@example.ma", "text": "أريد أن أسأل عن موعد.", "website": ""}
    return {**fields, "stamp": make_stamp("contact"), **values}


def error_data(article: Article, **values: Any) -> dict[str, Any]:
    """What a browser posts from the form that reports an error in `article`."""
    fields = {"kind": "error", "quote": "", "text": "التاريخ خطأ.", "name": "", "email": "", "website": ""}
    return {**fields, "stamp": make_stamp(article.pk), **values}


def picture_bytes(encoding: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    """An encoded picture of one colour."""
    content = BytesIO()
    Image.new(mode, size, 128 if mode == "L" else (200, 60, 40, 128)[: len(mode)]).save(content, encoding, **options)
    return content.getvalue()


def make_picture(**values: Any) -> Picture:
    upload = SimpleUploadedFile("photo.jpg", picture_bytes())
    return Picture.objects.create(**{"file": upload, "alt": "صورة", "credit": "الجريدة", **values})


def make_totp(person: User) -> str:
    """Give `person` an app for one-time codes and recovery codes; the key of the app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def totp_code(secret: str, periods: int = 0) -> str:
    """The code that the app shows now, or so many periods of 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def recovery_codes_of(person: User) -> list[str]:
    """The recovery codes that were not used yet."""
    return Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()


def make_slot(article: Article, **values: Any) -> FrontPageSlot:
    """A place for `article`, of the lead unless told, that has held for an hour."""
    starts_at = timezone.now() - timedelta(hours=1)
    return FrontPageSlot.objects.create(**{"article": article, "block": Block.LEAD, "starts_at": starts_at, **values})


def make_advert(slot: str = "side", **values: Any) -> Advert:
    """An advert that has stood for an hour, in every language, with a picture of its own."""
    number = next(_numbers)
    starts_at = timezone.now() - timedelta(hours=1)
    values = {"name": f"إعلان {number}", "address": "/latest/", "starts_at": starts_at, **values}
    if "picture" not in values:
        values["picture"] = make_picture(alt=f"صورة إعلان {number}")
    return Advert.objects.create(slot=slot, **values)
