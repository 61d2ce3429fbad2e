"""Find words by an index of their pairs of characters on PostgreSQL; SQLite looks through the rows."""

from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION workflow_bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(words), i, 2)), '{}')
    FROM generate_series(1, length(words) - 1) AS i
$$
"""
INDEXES = (
    "CREATE INDEX case_by_words ON workflow_case USING gin (workflow_bigrams(title || chr(10) || applicant_name))",
    "CREATE INDEX party_by_words ON workflow_party USING gin (workflow_bigrams(name))",
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (FUNCTION, *INDEXES):
            schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ("DROP INDEX case_by_words", "DROP INDEX party_by_words", "DROP FUNCTION workflow_bigrams(text)"):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0022_notice_of_decision_posted")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["external_number"], name="case_external", condition=models.Q(("external_number", ""), _negated=True)
            ),
        ),
        migrations.RunPython(forwards, backwards, elidable=False),
    ]
