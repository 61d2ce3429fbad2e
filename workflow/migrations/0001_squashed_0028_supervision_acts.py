"""Every table of the workflow as it stood at 0028, made at once; the steps before are for a database between them."""

import importlib

import office.tables
from django.conf import settings
from django.db import migrations

from workflow.migrations.tables_0028 import answered, beside, copies, documents, received, supervised

by_words = importlib.import_module("workflow.migrations.0023_search_by_words")


class Migration(migrations.Migration):

    replaces = [
        ('workflow', '0001_initial'),
        ('workflow', '0002_constraints'),
        ('workflow', '0003_receipt_fee_excess'),
        ('workflow', '0004_consultation_in_full'),
        ('workflow', '0005_after_reply'),
        ('workflow', '0006_alike'),
        ('workflow', '0007_beside'),
        ('workflow', '0008_nature_and_links'),
        ('workflow', '0009_bundle'),
        ('workflow', '0010_shares'),
        ('workflow', '0011_bulk'),
        ('workflow', '0012_case_indexes'),
        ('workflow', '0013_way_to_pay'),
        ('workflow', '0014_code_shown'),
        ('workflow', '0015_draft_edit'),
        ('workflow', '0016_sealed_and_materials'),
        ('workflow', '0017_mail_and_materials'),
        ('workflow', '0018_holdings'),
        ('workflow', '0019_redaction'),
        ('workflow', '0020_annual_report'),
        ('workflow', '0021_mark_explained'),
        ('workflow', '0022_notice_of_decision_posted'),
        ('workflow', '0023_search_by_words'),
        ('workflow', '0024_counted_and_filed'),
        ('workflow', '0025_looked_and_tables'),
        ('workflow', '0026_stays'),
        ('workflow', '0027_urge'),
        ('workflow', '0028_supervision_acts'),
    ]

    initial = True

    dependencies = [
        ('letters', '0007_seal_images_confirmed_office_changes'),
        ('office', '0005_seal_keeper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('viewflow', '0015_task_scheduled'),
    ]

    operations = [
        office.tables.CreateTogether(
            tables=[
                *received.TABLES,
                *answered.TABLES,
                *beside.TABLES,
                *documents.TABLES,
                *copies.TABLES,
                *supervised.TABLES,
            ],
        ),
        migrations.RunPython(by_words.forwards, by_words.backwards, elidable=False),
    ]
