"""Keep what the items of a case came to with the case itself, and drop the indexes that this and the board's make needless."""

from django.db import migrations, models

BATCH = 2000


def fill(apps, schema_editor):
    """Write the outcomes of every case that has been answered, each once and in the items' order."""
    Case, Item = apps.get_model("workflow", "Case"), apps.get_model("workflow", "Item")
    answered = Case.objects.filter(replied_on__isnull=False).order_by("pk")
    last = 0
    while ids := list(answered.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        found = {}
        items = Item.objects.filter(case_id__in=ids).exclude(outcome="").order_by("case_id", "seq")
        for case, outcome in items.values_list("case_id", "outcome"):
            found.setdefault(case, {})[outcome] = None
        alike = {}
        for case, outcomes in found.items():
            alike.setdefault(",".join(outcomes), []).append(case)
        for outcomes, cases in alike.items():
            Case.objects.filter(pk__in=cases).update(outcomes=outcomes)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0030_counted_by_index")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="outcomes",
            field=models.CharField(blank=True, default="", max_length=400, verbose_name="答复结果"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex(model_name="case", name="case_office_due"),
        migrations.RemoveIndex(model_name="case", name="case_replied"),
        migrations.RemoveIndex(model_name="item", name="item_further"),
        migrations.RemoveIndex(model_name="item", name="item_outcome"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=[
                    "office", "replied_on", "received_on", "applicant_kind", "outcomes", "due_on", "completed_on",
                ],
                name="case_replied",
            ),
        ),
    ]
