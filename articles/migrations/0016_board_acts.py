from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_own_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="frontpagechange",
            name="act",
            field=models.UUIDField(null=True, unique=True),
        ),
    ]
