"""Keep how and when the answer to a complaint was served, and list complaints by the office they were made to."""

from django.db import migrations, models

CHANNELS = [
    ("portal", "网上送达"),
    ("email", "电子邮件"),
    ("post", "邮政特快专递（EMS）"),
    ("courier", "其他快递"),
    ("counter", "当面领取"),
]


class Migration(migrations.Migration):
    dependencies = [("workflow", "0034_events_counted_by_office")]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="channel",
            field=models.CharField(
                "告知书送达方式", max_length=12, choices=CHANNELS, blank=True, default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="tracking",
            field=models.CharField("邮件号", max_length=40, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="served_on",
            field=models.DateField("告知书送达日", null=True, blank=True),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["supervisor", "served_on"], name="complaint_list"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(served_on__isnull=True, channel="")
                | (models.Q(served_on__isnull=False, decided_on__isnull=False) & ~models.Q(channel="")),
                name="complaint_answer_served_whole",
            ),
        ),
    ]
