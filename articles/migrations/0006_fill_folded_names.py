from django.db import migrations

from articles.folding import fold_all, sort_key

FOLDED_FROM = {
    "Category": ("name_ar", "name_fr", "name_en", "slug"),
    "Tag": ("name", "label_ar", "label_fr", "label_en", "slug"),
    "Author": ("name_ar", "name_fr", "name_en", "role_ar", "role_fr", "role_en", "slug"),
    "Picture": ("alt_ar", "alt_fr", "alt_en", "caption_ar", "caption_fr", "caption_en", "credit"),
}
SORTED_BY = {"Tag": ("name",), "Author": ("name_ar", "name_fr", "name_en")}


def fill(apps, schema_editor):
    """Give the rows that are there what a save gives new ones."""
    for name, columns in FOLDED_FROM.items():
        rows = apps.get_model("articles", name)._base_manager.using(schema_editor.connection.alias)
        for row in rows.iterator():
            values = {"folded_text": fold_all(written(row, columns))}
            if name in SORTED_BY:
                values["sort_key"] = sort_key(next(iter(written(row, SORTED_BY[name])), ""))
            rows.filter(pk=row.pk).update(**values)


def written(row, columns):
    return [value for value in (getattr(row, column) for column in columns) if value]


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_folded_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
