"""Reading catalogues, and what sources ask of them, without GNU gettext on the machine."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

TOP = Path(__file__).resolve().parents[1]
NAMES = [f"{counted}{context}gettext{lazy}" for counted in ("", "n") for context in ("", "p") for lazy in ("", "_lazy")]
NAMES += ["gettext_noop", "_", "_lazy"]


class Key(NamedTuple):
    """What a catalogue finds a translation by; `plural` is empty where nothing is counted."""

    context: str
    text: str
    plural: str = ""


def catalogue(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), locale=path.parts[-3])


def keys(path: Path) -> set[Key]:
    """The keys of a written catalogue; none of one that is not there."""
    if not path.exists():
        return set()
    return {
        Key(message.context or "", *(message.id if isinstance(message.id, tuple) else (message.id,)))
        for message in catalogue(path)
        if message.id
    }


def asked_by(source: Path) -> set[Key]:
    """The keys that a Python, JavaScript or template file asks for."""
    text = source.read_text(encoding="utf-8")
    if source.suffix in (".html", ".txt"):
        # Django's own step before xgettext: tags become calls, the rest noise that only lacks order in its margins.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    extract = extract_javascript if source.suffix == ".js" else extract_python
    return set(_keys(extract(BytesIO(text.encode()), NAMES, [], {"encoding": "utf-8"})))


def _keys(found: Iterable[Any]) -> Iterator[Key]:
    for _line, name, given, _comments in found:
        texts = list(given) if isinstance(given, tuple) else [given]
        context = texts.pop(0) if "pgettext" in name else ""
        wanted = texts[: 2 if name.startswith("n") else 1]
        if all(isinstance(text, str) and text for text in wanted):
            yield Key(str(context), *wanted)
