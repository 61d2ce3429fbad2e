"""Keep the words a case is found by in a table of their own on PostgreSQL, so that no act has to index them again."""

from django.db import migrations, models

WORDS = "title || chr(10) || applicant_name"
TOGETHER = (
    "CREATE INDEX case_words_pairs ON workflow_casewords USING gin (workflow_bigrams(words))",
    f"INSERT INTO workflow_casewords (case_id, words) SELECT id, {WORDS} FROM workflow_case",
    """
    CREATE FUNCTION workflow_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO workflow_casewords (case_id, words) VALUES (NEW.id, NEW.title || chr(10) || NEW.applicant_name)
        ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER case_words_new AFTER INSERT ON workflow_case
    FOR EACH ROW EXECUTE FUNCTION workflow_keep_words()
    """,
    """
    CREATE TRIGGER case_words_changed AFTER UPDATE ON workflow_case FOR EACH ROW
    WHEN (OLD.title IS DISTINCT FROM NEW.title OR OLD.applicant_name IS DISTINCT FROM NEW.applicant_name)
    EXECUTE FUNCTION workflow_keep_words()
    """,
    "DROP INDEX case_by_words",
)
APART = (
    f"CREATE INDEX case_by_words ON workflow_case USING gin (workflow_bigrams({WORDS}))",
    "DROP TRIGGER case_words_changed ON workflow_case",
    "DROP TRIGGER case_words_new ON workflow_case",
    "DROP FUNCTION workflow_keep_words()",
    "DROP INDEX case_words_pairs",
)


def forwards(apps, schema_editor):
    """Write the table from the cases, and let the database keep it."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in TOGETHER:
            schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    """Index the cases themselves again."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in APART:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0031_outcomes_with_the_case")]

    operations = [
        migrations.CreateModel(
            name="CaseWords",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=models.CASCADE, primary_key=True, related_name="+", serialize=False,
                        to="workflow.case",
                    ),
                ),
                ("words", models.TextField(editable=False, verbose_name="检索词")),
            ],
            options={"verbose_name": "案件检索词", "verbose_name_plural": "案件检索词"},
        ),
        migrations.RunPython(forwards, backwards, elidable=False),
    ]
