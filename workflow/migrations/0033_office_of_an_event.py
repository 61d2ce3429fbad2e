"""Write the office of its case beside every event of the clock."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Take the office from the case."""
    of_case = apps.get_model("workflow", "Case").objects.filter(pk=OuterRef("case_id")).values("office_id")
    apps.get_model("workflow", "ClockEvent").objects.update(office_id=Subquery(of_case))


class Migration(migrations.Migration):
    dependencies = [("office", "0001_squashed_0005_seal_keeper"), ("workflow", "0032_words_beside_the_case")]

    operations = [
        migrations.AddField(
            model_name="clockevent",
            name="office",
            field=models.ForeignKey(
                db_index=False, editable=False, null=True, on_delete=models.PROTECT, related_name="+",
                to="office.office", verbose_name="机关",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
