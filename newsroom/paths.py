"""Addresses of this site as they are written down: decoded, without query, and comparable."""

import re
from posixpath import normpath
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.encoding import repercent_broken_unicode
from django.utils.translation import gettext_lazy as _

from articles.validators import FORBIDDEN, validate_characters

LONGEST = 500  # characters
DESK = "/admin/"
CLOSED = (DESK, "/static/", "/media/")  # where neither readers nor redirects have anything to look for
UNSAFE = re.compile(r"[\t\r\n\\]")  # browsers drop the first three and read the last as a slash


def clean_path(text: str) -> str:
    """The path of an address of ours, as Django decodes a request's: no query, no percent signs for letters.

    A whole address that begins with SITE_URL is taken as well. Raises ValidationError for anything else.
    """
    text = text.strip().removeprefix(settings.SITE_URL)
    encoded = re.split("[?#]", text, maxsplit=1)[0]
    return checked_path(_decoded(encoded))


def checked_path(path: str) -> str:
    """`path`, decoded already, unchanged. Raises ValidationError where no page of ours can stand there."""
    validate_characters(path)
    if not path.startswith("/") or path.startswith("//") or UNSAFE.search(path):
        raise ValidationError(_("Write an address of this site, beginning with one slash: /page/about/"), code="path")
    if len(path) > LONGEST:
        raise ValidationError(_("An address has at most 500 characters."), code="long")
    return path


def clean_target(text: str) -> str:
    """As `clean_path`, with the query and the fragment, which say where on the page to go."""
    text = text.strip().removeprefix(settings.SITE_URL)
    encoded = re.split("[?#]", text, maxsplit=1)[0]
    path, rest = clean_path(encoded), text[len(encoded) :]
    validate_characters(rest)
    if UNSAFE.search(rest):
        raise ValidationError(_("Write an address of this site, beginning with one slash: /page/about/"), code="path")
    target = written(path) + rest
    if len(target) > LONGEST:
        raise ValidationError(_("An address has at most 500 characters."), code="long")
    return target


def written(path: str) -> str:
    """`path` as targets hold it: the three signs that would change what the address says are encoded."""
    return path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def path_of(target: str) -> str:
    """The path that a browser led to `target` asks for, decoded as Django does; never an error."""
    path = _decoded(re.split("[?#]", target, maxsplit=1)[0])
    if "/." not in path:
        return path
    plain = normpath(path)  # browsers leave out `.` and `..` themselves
    return f"{plain}/" if path.endswith(("/", "/.", "/..")) and plain != "/" else plain


def _decoded(encoded: str) -> str:
    return repercent_broken_unicode(unquote_to_bytes(encoded)).decode()


def split_language(path: str) -> tuple[str, str]:
    """The prefix of the language that `path` names, empty for Arabic, and the rest."""
    for code, _name in settings.LANGUAGES:
        prefix = f"/{code}"
        if code != settings.LANGUAGE_CODE and (path == prefix or path.startswith(f"{prefix}/")):
            return prefix, path[len(prefix) :] or "/"
    return "", path


def spellings(path: str) -> list[str]:
    """`path`, and the same with or without its last slash."""
    other = path[:-1] if path.endswith("/") else f"{path}/"
    return [path, other] if other else [path]


def is_same(one: str, other: str) -> bool:
    """Whether two paths are one address but for the last slash."""
    return one in spellings(other)


def is_closed(path: str) -> bool:
    """Whether `path` belongs to the desk or to files, in any language."""
    _prefix, rest = split_language(path)
    return f"{rest}/".startswith(CLOSED)


def is_desk(path: str) -> bool:
    """Whether `path` belongs to the desk, in any language."""
    _prefix, rest = split_language(path)
    return f"{rest}/".startswith(DESK)


def is_storable(path: str) -> bool:
    """Whether `path`, as a request brought it, may stand in the database."""
    return len(path) <= LONGEST and path.startswith("/") and not FORBIDDEN.search(path) and not UNSAFE.search(path)


def is_web_address(address: str) -> bool:
    """Whether `address` names a host by http or https, and nothing that a browser would read otherwise."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not UNSAFE.search(address)


def is_own_address(address: str) -> bool:
    """Whether `address` begins with one slash and stays on this site."""
    return address.startswith("/") and not address.startswith("//") and not UNSAFE.search(address)
