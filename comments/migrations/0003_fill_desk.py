"""What the new columns say of comments that were there before."""

import uuid

from django.db import migrations

from articles.arabic import fold
from comments import triggers


def fill(apps, schema_editor):
    comments = apps.get_model("comments", "Comment").objects
    for comment in comments.only("name", "text", "status").iterator():
        queue = "first" if comment.status == "pending" else ""
        comments.filter(pk=comment.pk).update(folded=f"{fold(comment.name)} {fold(comment.text)}", queue=queue)
    decisions = apps.get_model("comments", "Decision").objects
    for key in list(decisions.values_list("pk", flat=True)):
        decisions.filter(pk=key).update(act=uuid.uuid4())
    triggers.recount(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_desk")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
