"""Two windows of one person on one article are two unsaved texts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_old_steps_are_told")]

    operations = [
        migrations.RemoveConstraint(model_name="workingcopy", name="one_working_copy_of_an_article"),
    ]
