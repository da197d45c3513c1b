"""Our own words: every one that sources ask for is said in Arabic and in French."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from tests.catalogues import TOP, Key, asked_by, catalogue, keys

PACKAGES = ("articles", "comments", "newsroom", "templates")
SUFFIXES = {".py": "django", ".html": "django", ".txt": "django", ".js": "djangojs"}
SOURCES = [path for package in PACKAGES for path in sorted((TOP / package).rglob("*.*")) if path.suffix in SUFFIXES]
LANGUAGES = pytest.mark.parametrize("language", ["ar", "fr"])
DOMAINS = pytest.mark.parametrize("domain", ["django", "djangojs"])
STRANGE = """
{% load i18n %}
  {% translate "one" %} {{ _("two") }} {% translate 'three' context "c" %}
{% blocktranslate trimmed count n=total with name=x %}
    four {{ n }}
    {{ name }}
{% plural %}
    fours {{ n }}
{% endblocktranslate %}
    {% if x == _("five") %}{% blocktranslate context "d" %}six “{{ x }}”
lines{% endblocktranslate %}{% endif %}
"""
STRANGE_SOURCE = """
a = _("one" " and " "two")
b = gettext_lazy(
    "three"
), pgettext_lazy("c", "four"), ngettext("five", "fives", n), npgettext("d", "six", "sixes", n)
def f(): return _(variable), other("seven")
"""


def written(language: str, domain: str) -> Path:
    return TOP / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def is_said(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def is_borrowed(message: Message) -> bool:
    return all(source.startswith("newsroom/borrowed/") for source, _line in message.locations)


@LANGUAGES
@DOMAINS
def test_what_sources_ask_for_stands_in_the_catalogue(language: str, domain: str) -> None:
    asked = {key for path in SOURCES if SUFFIXES[path.suffix] == domain for key in asked_by(path)}

    assert asked - keys(written(language, domain)) == set()
    assert len(asked) > 100


@LANGUAGES
@DOMAINS
def test_what_stands_in_the_catalogue_is_asked_for(language: str, domain: str) -> None:
    asked = {key for path in SOURCES if SUFFIXES[path.suffix] == domain for key in asked_by(path)}

    assert keys(written(language, domain)) - asked == set()


@DOMAINS
def test_every_word_is_said_in_arabic(domain: str) -> None:
    assert [message.id for message in catalogue(written("ar", domain)) if message.id and not is_said(message)] == []


@DOMAINS
def test_every_word_of_ours_is_said_in_french(domain: str) -> None:
    """Django and the packages say most of theirs in French themselves; test_borrowed_words.py sees to the rest."""
    ours = [each for each in catalogue(written("fr", domain)) if each.id and not is_borrowed(each)]

    assert [message.id for message in ours if not is_said(message)] == []


@DOMAINS
@pytest.mark.parametrize(("language", "forms"), [("ar", 6), ("fr", 2)])
def test_a_count_has_all_its_forms(language: str, forms: int, domain: str) -> None:
    counted = [each for each in catalogue(written(language, domain)) if isinstance(each.id, tuple)]

    assert {len(message.string) for message in counted} == {forms}


@LANGUAGES
@DOMAINS
def test_the_compiled_catalogue_is_the_written_one(language: str, domain: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(written(language, domain)))
    stored = BytesIO(written(language, domain).with_suffix(".mo").read_bytes())

    assert messages(stored) == messages(BytesIO(compiled.getvalue()))


def messages(compiled: BytesIO) -> dict[object, str]:
    """All but the header, in which the compiler writes the time."""
    return {key: text for key, text in GNUTranslations(compiled)._catalog.items() if key}  # type: ignore[attr-defined]


def test_no_way_of_asking_in_a_template_is_overlooked(tmp_path: Path) -> None:
    template = tmp_path / "strange.html"
    template.write_text(STRANGE, encoding="utf-8")

    assert asked_by(template) == {
        Key("", "one"),
        Key("", "two"),
        Key("c", "three"),
        Key("", "four %(n)s %(name)s", "fours %(n)s"),
        Key("", "five"),
        Key("d", "six “%(x)s”\nlines"),
    }


def test_no_way_of_asking_in_a_source_is_overlooked(tmp_path: Path) -> None:
    source = tmp_path / "strange.py"
    source.write_text(STRANGE_SOURCE, encoding="utf-8")

    assert asked_by(source) == {
        Key("", "one and two"),
        Key("", "three"),
        Key("c", "four"),
        Key("", "five", "fives"),
        Key("d", "six", "sixes"),
    }
