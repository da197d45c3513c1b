"""The wall time of each article's `published_at`, kept beside it."""

from django.db import migrations, models

from articles.schedule import wall_time

BATCH = 1000


def fill_in(apps, schema_editor):
    articles = apps.get_model("articles", "Article")._base_manager.using(schema_editor.connection.alias)
    dated = articles.exclude(published_at=None).only("pk", "published_at")
    batch = []
    for article in dated.iterator(BATCH):
        article.wall_time = wall_time(article.published_at)
        batch.append(article)
        if len(batch) == BATCH:
            articles.bulk_update(batch, ["wall_time"])
            batch = []
    articles.bulk_update(batch, ["wall_time"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_tag_opening"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="wall_time",
            field=models.CharField(editable=False, max_length=26, null=True),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("wall_time", None), ("published_at__isnull", False), _connector="OR"),
                name="wall_time_needs_its_instant",
            ),
        ),
    ]
