from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_article_figures")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["owner", "status", "-published_at"], name="article_own_state"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("planned_for__isnull", False)),
                fields=["owner", "planned_for"],
                name="article_own_planned",
            ),
        ),
    ]
