"""Count events of the clock by office in their index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0033_office_of_an_event")]

    operations = [
        migrations.AlterField(
            model_name="clockevent",
            name="office",
            field=models.ForeignKey(
                db_index=False, editable=False, on_delete=models.PROTECT, related_name="+", to="office.office",
                verbose_name="机关",
            ),
        ),
        migrations.RemoveIndex(model_name="clockevent", name="clock_event_of_month"),
        migrations.AddIndex(
            model_name="clockevent",
            index=models.Index(fields=["type", "on", "office"], name="clock_event_of_month"),
        ),
    ]
