"""Keep the journal append-only by triggers on both databases."""

from django.db import migrations

from office.guard import backwards, forwards


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
