"""Keep filed sheets as they were filed, by triggers on both databases."""

from django.db import migrations

from workflow.guard import FILINGS


class Migration(migrations.Migration):
    dependencies = [("workflow", "0028_supervision_acts")]

    operations = [migrations.RunPython(FILINGS.forwards, FILINGS.backwards, elidable=False)]
