"""The words that the columns of the portal's own tables may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Network(models.TextChoices):
    """Where newspapers have accounts."""

    FACEBOOK = "facebook", _("Facebook")
    X = "x", _("X")
    INSTAGRAM = "instagram", _("Instagram")
    YOUTUBE = "youtube", _("YouTube")
    TIKTOK = "tiktok", _("TikTok")
    WHATSAPP = "whatsapp", _("WhatsApp")
    TELEGRAM = "telegram", _("Telegram")
    LINKEDIN = "linkedin", _("LinkedIn")
    MASTODON = "mastodon", _("Mastodon")


class MenuPlace(models.TextChoices):
    """Where a link stands on every page."""

    MENU = "menu", _("menu")
    FOOT = "foot", _("foot of the page")


class PageKind(models.TextChoices):
    """What a page is for; the portal itself leads to all but the last."""

    ABOUT = "about", _("about us")
    CONTACT = "contact", _("contact, with a form")
    PRIVACY = "privacy", _("privacy")
    TERMS = "terms", _("terms of use")
    IMPRINT = "imprint", _("imprint")
    OTHER = "other", _("another page")


class LetterKind(models.TextChoices):
    """What a reader writes to the newsroom about."""

    ERROR = "error", _("an error in an article")
    REPLY = "reply", _("right of reply")
    CONTACT = "contact", _("a message")


class LetterState(models.TextChoices):
    """What became of a letter."""

    OPEN = "open", pgettext_lazy("letter", "open")
    ANSWERED = "answered", pgettext_lazy("letter", "answered")
    CLOSED = "closed", pgettext_lazy("letter", "closed without answer")


class StaffMail(models.TextChoices):
    """What a message of the newsroom's own outbox is about."""

    STEP = "step", _("a step of an article")
    INVITATION = "invite", _("invitation to the newsroom")
    RESET = "reset", _("new password")
    LETTER = "letter", _("a letter from a reader")
    ANSWER = "answer", _("the newsroom's answer to a reader")
    MY_DATA = "my_data", _("what is kept about an address")


class AdvertSlot(models.TextChoices):
    """Where advertising of the house may stand."""

    TOP = "top", _("top of the front page")
    SIDE = "side", _("side column of the front page")
    LIST = "list", _("within lists of articles")
    BELOW = "below", _("below the article")


class AdvertState(models.TextChoices):
    """What readers see of an advert."""

    SHOWN = "shown", pgettext_lazy("advert", "shown")
    PLANNED = "planned", pgettext_lazy("advert", "planned")
    ENDED = "ended", pgettext_lazy("advert", "ended")
    OFF = "off", pgettext_lazy("advert", "off")


class Announcer(models.TextChoices):
    """Who is told that articles changed. Their names are their own in every language."""

    WEBSUB = "websub", "WebSub"
    INDEXNOW = "indexnow", "IndexNow"


class DigestMail(models.TextChoices):
    """What a message to somebody who wants the news by mail is about."""

    CONFIRM = "confirm", _("confirm an address")
    DIGEST = "digest", _("the news of a day")
    MY_DATA = "my_data", _("what is kept about an address")
