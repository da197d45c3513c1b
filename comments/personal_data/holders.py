"""What other parts of the portal keep about an address. They join HOLDERS at the start; comments know none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet


@dataclass(frozen=True)
class Rule:
    """One kind of data that has had its time: what it is called, its rows, and what becomes of a batch of them."""

    name: str
    rows: QuerySet[Any]
    end: Callable[[QuerySet[Any]], Any]


class Holder(Protocol):
    """A part of the portal that keeps rows under hashes of addresses (`comments.privacy.address_digest`)."""

    name: str
    """What its rows are called in an export and in the count of an erasure."""

    def export(self, digest: str) -> list[dict[str, Any]]:
        """What it keeps about the address with this hash, ready for JSON."""

    def erase(self, digest: str) -> int:
        """Erase that, in the transaction under way; says how many rows there were."""

    def rules(self, now: datetime, ip_end: datetime, email_end: datetime) -> list[Rule]:
        """Its rules of retention: what is older than `ip_end` loses its connection, than `email_end` its address."""

    def send_link(self, digest: str) -> bool:
        """Queue the mail with the link to what is kept, where it has such rows; says whether it has."""

    def digest_of(self, key: int) -> str | None:
        """The hash of the address under which its row `key` stands; None where there is none any more."""


HOLDERS: list[Holder] = []
