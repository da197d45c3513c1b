"""Reading pages as a browser does: parsed, with what an element says."""

from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client


def parse(response: HttpResponse) -> Element:
    """The document of an answer, without namespaces."""
    return html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")


def read(client: Client, address: str = "/") -> Element:
    """The document at `address`, which must be there."""
    response = client.get(address)
    assert response.status_code == 200
    return parse(response)


def words(element: Element | None) -> str:
    """What an element says, on one line; the element must be there."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def written_scripts(page: Element) -> list[Element]:
    """The scripts that stand in a document themselves: none may, whoever wrote it."""
    return [script for script in page.iter("script") if not script.get("src")]
