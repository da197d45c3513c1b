"""The synonyms that a portal starts with. Editors change them from then on."""

from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data" / "synonyms.txt"


def create(apps, schema_editor):
    lines = DATA.read_text(encoding="utf-8").splitlines()
    groups = [line for line in lines if line and not line.startswith("#")]
    Synonym = apps.get_model("articles", "Synonym")
    Synonym.objects.using(schema_editor.connection.alias).bulk_create(Synonym(words=group) for group in groups)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_search_index")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
