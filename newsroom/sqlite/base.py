"""The database backend `newsroom.sqlite`: Django's, with a gate that writers pass one after the other."""

import sqlite3
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper

from newsroom.sqlite.gate import Gate, GateTimeoutError

DEFAULT_TIMEOUT = 5.0  # seconds, as sqlite3's own


class DatabaseWrapper(SQLiteWrapper):
    """A transaction that begins IMMEDIATE waits at the gate first; its end opens the gate."""

    transaction_mode: str | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gate: Gate | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode == "IMMEDIATE" and not self.is_in_memory_db():
            self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._leave_gate()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave_gate()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._leave_gate()

    def _enter_gate(self) -> None:
        self._leave_gate()
        path = Path(f"{self.settings_dict['NAME']}-gate")
        gate = Gate(path, self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT))
        with self.wrap_database_errors:
            try:
                gate.enter()
            except GateTimeoutError as error:
                raise sqlite3.OperationalError("database is locked") from error
        self._gate = gate

    def _leave_gate(self) -> None:
        if self._gate is not None:
            self._gate.leave()
            self._gate = None
