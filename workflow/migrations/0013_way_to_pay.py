"""Keep with a fee notice how it is to be paid, so that the applicant's page can say it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0012_case_indexes")]

    operations = [
        migrations.AddField(
            model_name="feenotice",
            name="payment_way",
            field=models.TextField(blank=True, verbose_name="缴纳的方式"),
        ),
    ]
