from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['office', 'state', 'due_on', 'id'], name='case_worklist'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['office', 'due_on', 'id'], name='case_office_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['unit', 'state', 'due_on', 'id'], name='case_unit_worklist'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['handler', 'state', 'due_on', 'id'], name='case_handler_worklist'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['office', 'received_on'], name='case_received'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['office', 'replied_on'], name='case_replied'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['office', '-id'], name='case_newest'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('office', 'year', 'seq'), name='case_number_once'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'registered', 'supplementing', 'explaining', 'awaiting_fee', 'handling', 'reviewing', 'signing', 'replied', 'served', 'lapsed', 'withdrawn', 'archived', 'reopened'])), name='case_state_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel__in', ['counter', 'portal', 'oral']), _negated=True), ('received_on__isnull', False), _connector='OR'), name='case_receipt_immediate'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('clock_start_on__isnull', True), ('received_on__isnull', False), _connector='OR'), name='case_clock_needs_receipt'),
        ),
        migrations.AddConstraint(
            model_name='caseprocess',
            constraint=models.UniqueConstraint(condition=models.Q(('open', True)), fields=('case',), name='one_open_process'),
        ),
        migrations.AddConstraint(
            model_name='caseseries',
            constraint=models.UniqueConstraint(fields=('office', 'year'), name='case_series_once'),
        ),
        migrations.AddConstraint(
            model_name='clockevent',
            constraint=models.UniqueConstraint(fields=('case', 'seq'), name='clock_event_seq_once'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opinion', ''), ('opinion_on__isnull', True)), models.Q(models.Q(('opinion', ''), _negated=True), ('opinion_on__isnull', False)), _connector='OR'), name='opinion_and_day_together'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('case', 'seq'), name='item_seq_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('case', 'position'), name='party_position_once'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(fields=['case', 'act_id'], name='remark_by_act'),
        ),
        migrations.AddConstraint(
            model_name='replydraft',
            constraint=models.UniqueConstraint(fields=('case', 'version'), name='draft_version_once'),
        ),
        migrations.AddConstraint(
            model_name='approvalsheet',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'entered')), fields=('case',), name='one_entered_sheet'),
        ),
        migrations.AddConstraint(
            model_name='approvalsheet',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='sheet_two_persons'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['office', 'kind', 'status'], name='review_worklist'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('draft', 'kind'), name='review_once_per_draft'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_on__isnull', True), ('reviewer__isnull', True)), models.Q(('reviewed_on__isnull', False), ('reviewer__isnull', False)), _connector='OR'), name='reviewer_and_day_together'),
        ),
    ]
