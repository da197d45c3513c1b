"""Filling in the admin's forms as a browser does: what stands in them, and what they answer."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from tests.pages import parse

RUN = {"module", "importmap", "text/javascript", ""}
UNSENT = {"submit", "button", "image", "reset", "file"}


def form_data(response: HttpResponse) -> dict[str, Any]:
    """What a browser would send of the page's own form, with no button pressed; several values make a list."""
    assert response.status_code == 200
    return typed(response)


def typed(response: HttpResponse) -> dict[str, Any]:
    """As `form_data`, of an answer that is no 200: one that shows a form again."""
    forms = [form for form in parse(response).iter("form") if _is_the_pages_own(form)]
    assert len(forms) == 1
    data: dict[str, Any] = {}
    for name, value in _sent(forms[0]):
        data[name] = value if name not in data else [*_listed(data[name]), value]
    return data


def save(desk: Client, address: str, **values: Any) -> HttpResponse:
    """Open the form at `address`, fill in `values`, and send it."""
    return desk.post(address, form_data(desk.get(address)) | values)


def act(desk: Client, address: str, action: str, *objects: Model, note: str = "") -> HttpResponse:
    """Send `action` on `objects` as the list at `address` does; with `note`, as the page that asks for it does."""
    chosen = {"action": action, "index": "0", "_selected_action": [each.pk for each in objects]}
    return desk.post(address, chosen | ({"confirmed": "yes", "note": note} if note else {}))


def columns(stored: Model) -> dict[str, Any]:
    """Every column of the row as the database has it now."""
    fresh = type(stored)._base_manager.get(pk=stored.pk)
    return {field.attname: getattr(fresh, field.attname) for field in stored._meta.concrete_fields}


def buttons(desk: Client, address: str) -> set[str]:
    """The names of the steps that the form at `address` offers."""
    names = [field.get("name", "") for field in parse(desk.get(address)).iter("input")]
    return {name.removeprefix("_step_") for name in names if name.startswith("_step_")}


def errors_beside(response: HttpResponse, field: str) -> list[str]:
    """The errors that stand in the row of `field`."""
    rows = [each for each in parse(response).iter() if f"field-{field}" in _classes(each)]
    lists = [each for row in rows for each in row.iter("ul") if "errorlist" in _classes(each)]
    return ["".join(item.itertext()).strip() for item in lists[0].iter("li")] if lists else []


def levels(response: HttpResponse) -> list[str]:
    """The levels of the messages that this request left for the next page."""
    return [message.level_tag for message in told(response)]


def told(response: HttpResponse) -> list[Message]:
    """The messages that this request left for the next page."""
    return list(get_messages(response.wsgi_request))  # type: ignore[attr-defined]


def nonce(response: HttpResponse) -> str:
    """The nonce that the policy of this response lets through; empty where it lets none."""
    found = set(re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"]))
    assert len(found) <= 1
    return "".join(found)


def inline_scripts(response: HttpResponse) -> list[Element]:
    """The scripts that stand in the page itself and that a browser would run."""
    scripts = [script for script in parse(response).iter("script") if "src" not in script.attrib]
    return [script for script in scripts if script.get("type", "module") in RUN]


def handlers(response: HttpResponse) -> list[str]:
    """The attributes of the page that would run a script: handlers of events, and addresses."""
    attributes = [(name, value) for element in parse(response).iter() for name, value in element.items()]
    return [name for name, value in attributes if name.startswith("on") or value.lower().startswith("javascript:")]


def _is_the_pages_own(form: Element) -> bool:
    return form.get("method", "get").lower() == "post" and form.get("id") != "logout-form"


def _sent(form: Element) -> list[tuple[str, str]]:
    sent: list[tuple[str, str]] = []
    for field in form.iter():
        name = field.get("name")
        if name and "disabled" not in field.attrib:
            sent += [(name, value) for value in _values(field)]
    return sent


def _values(field: Element) -> list[str]:
    if field.tag == "textarea":
        return ["".join(field.itertext())]
    if field.tag == "select":
        return _chosen(field)
    kind = field.get("type", "text")
    if field.tag != "input" or kind in UNSENT:
        return []
    if kind in ("checkbox", "radio"):
        return [field.get("value", "on")] if "checked" in field.attrib else []
    return [field.get("value", "")]


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    if not chosen and "multiple" not in select.attrib:
        chosen = options[:1]
    return [option.get("value", "".join(option.itertext())) for option in chosen]


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
