"""Note when the applicant was shown the query code of a request that was filed elsewhere for them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0013_way_to_pay")]

    operations = [
        migrations.AddField(
            model_name="caselink",
            name="code_shown_on",
            field=models.DateField(blank=True, null=True, verbose_name="向申请人显示查询码之日"),
        ),
    ]
