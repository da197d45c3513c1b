"""Steps of before are no news: nobody gets a mail about them."""

from typing import Any

from django.db import migrations
from django.db.models import F


def mark_told(apps: Any, schema_editor: Any) -> None:
    steps = apps.get_model("articles", "StatusChange").objects.using(schema_editor.connection.alias)
    steps.filter(told_at=None).update(told_at=F("at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_journalists_desk")]

    operations = [migrations.RunPython(mark_told, migrations.RunPython.noop, elidable=True)]
