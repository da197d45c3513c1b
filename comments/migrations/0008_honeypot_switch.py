from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0007_outbox_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="commentsettings",
            name="check_honeypot",
            field=models.BooleanField(default=True, verbose_name="file as spam what fills in the hidden field"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="reason",
            field=models.CharField(
                choices=[
                    ("held", "held for a moderator, as every comment is by default"),
                    ("post_moderated", "comments here are shown at once"),
                    ("honeypot", "a field was filled in that readers do not see"),
                    ("staff_name", "the name is that of a member of the newsroom"),
                    ("rule", "a word rule"),
                    ("links", "many links"),
                    ("repeat", "the same text as an earlier comment"),
                    ("banned", "the sender is banned"),
                    ("always_held", "this sender’s comments are always held"),
                    ("recent_rejections", "comments by this sender were rejected lately"),
                    ("sample", "a sample of trusted senders’ comments"),
                    ("trusted", "a trusted sender"),
                    ("moderator", "decided by a moderator"),
                    ("staff", "written by the newsroom"),
                    ("reported", "reported by readers"),
                    ("escalated", "passed to the editor-in-chief"),
                    ("edited", "words masked or links taken out by a moderator"),
                    ("undone", "a decision taken back"),
                    ("legal_hold", "kept for legal reasons"),
                    ("legal_release", "no longer kept for legal reasons"),
                    ("withdrawn", "taken back at its writer’s request"),
                ],
                max_length=30,
                verbose_name="reason",
            ),
        ),
    ]
