from django.db import migrations, models

from articles.folding import make_opening


def fill(apps, schema_editor):
    """Give the tags that are there what a save gives new ones."""
    tags = apps.get_model("articles", "Tag")._base_manager.using(schema_editor.connection.alias)
    for tag in tags.iterator():
        tags.filter(pk=tag.pk).update(opening=make_opening(tag.name))


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_merged_tags_go_with_their_target")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="opening",
            field=models.CharField(default="", editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["opening"], name="tag_opening"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
