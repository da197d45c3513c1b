from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_old_steps_are_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="frontpagechange",
            name="act",
            field=models.UUIDField(null=True, unique=True),
        ),
    ]
