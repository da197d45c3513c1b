"""The tables of the portal itself."""

from newsroom.models.addresses import BrokenLink, Redirect
from newsroom.models.adverts import Advert
from newsroom.models.announcing import Announcement
from newsroom.models.digest import DigestMessage, DigestSubscription
from newsroom.models.generation import PageGeneration
from newsroom.models.letters import ReaderLetter
from newsroom.models.mail import StaffMessage
from newsroom.models.pages import Page
from newsroom.models.site import MenuLink, SiteSettings, SocialAccount

__all__ = [
    "Advert",
    "Announcement",
    "BrokenLink",
    "DigestMessage",
    "DigestSubscription",
    "MenuLink",
    "Page",
    "PageGeneration",
    "ReaderLetter",
    "Redirect",
    "SiteSettings",
    "SocialAccount",
    "StaffMessage",
]
