"""Widen the indexes of days to what is counted, and find further items and running terms for an answer without reading all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0029_filings_guarded")]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="case_received",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_replied",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["office", "received_on", "replied_on", "applicant_kind", "channel"],
                name="case_received",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["office", "replied_on", "received_on", "applicant_kind", "due_on", "completed_on"],
                name="case_replied",
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(fields=["delivered_on"], name="consultation_delivered"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(condition=models.Q(("seq__gt", 1)), fields=["case"], name="item_further"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["case", "seq", "outcome"], name="item_outcome"),
        ),
    ]
