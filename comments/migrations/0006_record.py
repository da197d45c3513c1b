"""The search at the desk, whose comments a moderator decided, and comments that are kept."""

from django.db import migrations, models

import comments.models.keeping
from articles.arabic import stems
from comments.triggers.searching import SEARCH, STEMS, TRIGGERS

BATCH = 1000

# SQLite: a full-text table that stores no texts of its own. Stems are parted by spaces alone.
FTS_TABLE = f"""
CREATE VIRTUAL TABLE {SEARCH} USING fts5(
    name, text, content='', detail=column,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* S* P* Co Cn'"
)"""
FTS_FILL = (
    f"INSERT INTO {SEARCH} (rowid, name, text) SELECT {STEMS.format(row='comments_comment')} FROM comments_comment"
)

# PostgreSQL: the stems, and windows of keys, each eight times as wide as the one before (comments/moderation/wordindex.py).
VECTOR = (
    "(setweight(to_tsvector('simple', split_part(folded, E'\\n', 1)), 'A')"
    " || setweight(to_tsvector('simple', split_part(folded, E'\\n', 2)), 'B'))"
)
MARKS = "(ARRAY['o' || (id >> 9), 'p' || (id >> 12), 'q' || (id >> 15), 'r' || (id >> 18), 's' || (id >> 21)])"
GIN = f"CREATE INDEX comment_words ON comments_comment USING gin ({VECTOR}, {MARKS}) WITH (fastupdate = off)"


def fill(apps, schema_editor):
    comments = apps.get_model("comments", "Comment").objects.order_by("pk").values_list("pk", "name", "text")
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while batch := list(comments.filter(pk__gt=last)[:BATCH]):
            rows = [(f"{' '.join(stems(name))}\n{' '.join(stems(text))}", key) for key, name, text in batch]
            cursor.executemany("UPDATE comments_comment SET folded = %s WHERE id = %s", rows)
            last = batch[-1][0]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GIN)
        return
    schema_editor.execute(FTS_TABLE)
    schema_editor.execute(FTS_FILL)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX comment_words")
        return
    for trigger in TRIGGERS:
        schema_editor.execute(trigger.drop("sqlite"))
    schema_editor.execute(f"DROP TABLE {SEARCH}")


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_answers_in_order")]

    operations = [
        migrations.AlterField(
            model_name="comment",
            name="article",
            field=models.ForeignKey(
                on_delete=comments.models.keeping.cascade_unless_held,
                related_name="comments",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=comments.models.keeping.cascade_unless_held,
                related_name="replies",
                to="comments.comment",
                verbose_name="in reply to",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["by", "-comment"], name="decision_decider"),
        ),
        migrations.AlterField(
            model_name="savedfilter",
            name="query",
            field=models.CharField(max_length=4000),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(create, drop),
    ]
