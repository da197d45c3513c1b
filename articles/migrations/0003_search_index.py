"""The databases' own index of the search entries, kept in step by themselves."""

from django.db import migrations

LANGUAGES = ("ar", "fr", "en")
COLUMNS = [f"{part}_{language}" for language in LANGUAGES for part in ("title", "text")] + ["filed"]

# SQLite: a full-text table that stores no texts of its own. Stems are parted by spaces alone.
FTS_TABLE = f"""
CREATE VIRTUAL TABLE articles_searchindex USING fts5(
    {", ".join(COLUMNS)}, content='articles_searchentry', content_rowid='position',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* S* P* Co Cn'"
)"""
ADD = f"""
INSERT INTO articles_searchindex (rowid, {", ".join(COLUMNS)})
VALUES (new.position, {", ".join(f"new.{column}" for column in COLUMNS)});"""
REMOVE = f"""
INSERT INTO articles_searchindex (articles_searchindex, rowid, {", ".join(COLUMNS)})
VALUES ('delete', old.position, {", ".join(f"old.{column}" for column in COLUMNS)});"""
TRIGGERS = {"INSERT": ADD, "DELETE": REMOVE, "UPDATE": REMOVE + ADD}

# PostgreSQL: ة stands at the head of a text so that no phrase reaches from a title into it; folded
# words hold none. The letters before the numbers are windows of time, each eight times as wide as
# the one before (a day and a half, 12 days, 97 days, two years): see articles/search/engines.py.
VECTOR = """
ALTER TABLE articles_searchentry ADD COLUMN vector_{language} tsvector GENERATED ALWAYS AS (
    CASE WHEN title_{language} = '' AND text_{language} = '' THEN NULL ELSE
        setweight(to_tsvector('simple', title_{language}), 'A')
        || setweight(ts_delete(to_tsvector('simple', 'ة ' || text_{language}), 'ة'), 'B')
    END
) STORED"""
MARKS = """
ALTER TABLE articles_searchentry ADD COLUMN marks text[] GENERATED ALWAYS AS (
    string_to_array(filed, ' ') || ARRAY[
        'p' || (position >> 49), 'q' || (position >> 52), 'r' || (position >> 55), 's' || (position >> 58)
    ]
) STORED"""
INDEX = """
CREATE INDEX search_{language} ON articles_searchentry USING gin (vector_{language}, marks)
WITH (fastupdate = off) WHERE vector_{language} IS NOT NULL"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MARKS)
        for language in LANGUAGES:
            schema_editor.execute(VECTOR.format(language=language))
            schema_editor.execute(INDEX.format(language=language))
        return
    schema_editor.execute(FTS_TABLE)
    for event, statements in TRIGGERS.items():
        schema_editor.execute(
            f"CREATE TRIGGER search_{event.lower()} AFTER {event} ON articles_searchentry BEGIN {statements} END"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for language in LANGUAGES:
            schema_editor.execute(f"ALTER TABLE articles_searchentry DROP COLUMN vector_{language}")
        schema_editor.execute("ALTER TABLE articles_searchentry DROP COLUMN marks")
        return
    for event in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER search_{event.lower()}")
    schema_editor.execute("DROP TABLE articles_searchindex")


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_search")]

    operations = [migrations.RunPython(create, drop)]
