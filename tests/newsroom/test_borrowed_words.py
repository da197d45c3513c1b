"""Others' words: whatever Django and the packages may show on a page is said in Arabic and in French."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import gettext, override
from django.utils.translation.trans_real import DjangoTranslation

from tests.catalogues import Key, asked_by, keys

FORMS = {"ar": 6, "fr": 2}
# Written alike in every language: names, abbreviations and signs.
ALIKE = {"IPv4", "IPv6", "URL", "salt", "hash", "HTML", "JSON"}
PACKAGES = [
    Path(django.__file__).parent / "conf",
    *(Path(config.path) for config in apps.get_app_configs() if "site-packages" in config.path),
]
LANGUAGES = pytest.mark.parametrize("language", FORMS)
DOMAINS = pytest.mark.parametrize("domain", ["django", "djangojs"])
EVERY_PACKAGE = pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)


def asked(package: Path, domain: str) -> set[Key]:
    """The keys of the package's own English catalogue, of all that it has, or of its sources."""
    catalogues = list(package.glob(f"locale/*/LC_MESSAGES/{domain}.po"))
    english = [path for path in catalogues if path.parts[-3] == "en"]
    found = {key for path in english or catalogues for key in keys(path)}
    if not catalogues and domain == "django" and package.name != "conf":
        sources = [path for path in package.rglob("*.py") if "tests" not in path.parts]
        return {key for path in sources for key in asked_by(path)}
    return found


@cache
def translation(language: str, domain: str) -> Any:
    """What is said at run time, without what Django would say in another language instead."""
    found = DjangoTranslation(language, domain=domain)
    found._fallback = None  # type: ignore[attr-defined]
    return found


def said(key: Key, language: str, domain: str) -> list[str]:
    """The translations of a key, one for each form; empty ones where they are missing."""
    text = f"{key.context}\x04{key.text}" if key.context else key.text
    catalogue = translation(language, domain)._catalog
    if not key.plural:
        return [catalogue.get(text) or ""]
    return [catalogue.get((text, form)) or "" for form in range(FORMS[language])]


@EVERY_PACKAGE
@DOMAINS
@LANGUAGES
def test_no_word_of_a_package_is_missing(package: Path, domain: str, language: str) -> None:
    wanted = asked(package, domain)

    missing = [key for key in sorted(wanted) if key.text not in ALIKE and not all(said(key, language, domain))]

    assert missing == []


@EVERY_PACKAGE
@DOMAINS
def test_no_word_of_a_package_is_said_in_latin_letters_in_arabic(package: Path, domain: str) -> None:
    words = [key for key in sorted(asked(package, domain)) if re.search("[A-Za-z]{2}", _bare(key.text))]

    latin = [key for key in words if key.text not in ALIKE and not re.search("[ء-ي]", "".join(said(key, "ar", domain)))]

    assert latin == []


def _bare(text: str) -> str:
    """The text without what is put into it."""
    return re.sub(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}|<[^>]*>", "", text)


def test_the_packages_that_speak_were_found() -> None:
    speaking = {package.name: len(asked(package, "django")) + len(asked(package, "djangojs")) for package in PACKAGES}

    assert speaking["conf"] > 300
    assert speaking["admin"] > 250
    assert min(speaking[name] for name in ("auth", "taggit", "django_prose_editor", "modeltranslation")) > 0


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "sentence",
    ["Add %(name)s", "Select %s to change", "Delete selected %(verbose_name_plural)s"],
)
def test_sentences_of_the_admin_do_not_bend_the_names_put_into_them(language: str, sentence: str) -> None:
    with override(language):
        text = gettext(sentence)

    assert not text.startswith(("أضف", "أضِف", "اختر", "احذف"))


def catalogue_of(client: Client, address: str) -> dict[str, Any]:
    """The words that the admin's scripts are given."""
    script = client.get(address).content.decode()
    found = re.search(r"newcatalog = (\{.*?\n\s*\});", script, re.DOTALL)
    return json.loads(found[1]) if found else {}


@pytest.mark.django_db
def test_the_scripts_of_the_arabic_admin_speak_as_morocco_does(login: Any, journalist: User) -> None:
    words = catalogue_of(login(journalist), "/admin/jsi18n/")

    assert [words[month] for month in ("May", "July", "August", "September", "November", "December")] == [
        "ماي",
        "يوليوز",
        "غشت",
        "شتنبر",
        "نونبر",
        "دجنبر",
    ]
    assert (words["Today"], words["Now"], words["6 p.m."]) == ("اليوم", "الآن", "18:00")
    assert words["one letter Monday\x04M"] == "ن"
    assert words["bold"] == "عريض"
    assert words["%(sel)s of %(cnt)s selected"][2] == "عنصران محددان من %(cnt)s"
    assert len(words["%(sel)s of %(cnt)s selected"]) == 6


@pytest.mark.django_db
def test_the_scripts_of_the_french_admin_speak_french(login: Any, journalist: User) -> None:
    words = catalogue_of(login(journalist), "/fr/admin/jsi18n/")

    assert (words["Today"], words["Edit Link"], words["bold"]) == ("Aujourd'hui", "Modifier le lien", "gras")
