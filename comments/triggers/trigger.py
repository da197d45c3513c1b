"""A trigger as both databases are told of it."""

from dataclasses import dataclass

POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Trigger:
    """`sqlite` holds the statements it runs there, `function` the name of what it calls on PostgreSQL.

    Where one of them is empty, that database needs no such trigger. `condition` is standard SQL.
    """

    name: str
    table: str
    event: str
    sqlite: str = ""
    function: str = ""
    condition: str = ""
    looks_elsewhere: bool = False
    """The condition reads another table: on PostgreSQL the function asks, because a trigger may not."""
    each: str = "ROW"

    def runs_on(self, vendor: str) -> bool:
        """Whether that database needs it."""
        return bool(self.function if vendor == POSTGRESQL else self.sqlite)

    def create(self, vendor: str) -> str:
        """The statement that makes it, for a database that it runs on."""
        when = f"WHEN ({self.condition})" if self.condition else ""
        if vendor == POSTGRESQL:
            only = "" if self.looks_elsewhere else when
            run = f"FOR EACH {self.each} {only} EXECUTE FUNCTION {self.function}()"
        else:
            run = f"{when.replace('IS DISTINCT FROM', 'IS NOT')} BEGIN {self.sqlite} END"
        return f"CREATE TRIGGER {self.name} {self.event} ON {self.table} {run}"

    def drop(self, vendor: str) -> str:
        """The statement that takes it away, whether or not it is there."""
        return f"DROP TRIGGER IF EXISTS {self.name}" + (f" ON {self.table}" if vendor == POSTGRESQL else "")


def function(name: str, body: str) -> str:
    """The statement that makes the PostgreSQL function of a trigger."""
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
