"""Every table of the letters as it stood at 0007, made at once; the steps before are for a database between them."""

import django.db.models.deletion
import django_fsm
import office.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('letters', '0001_initial'),
        ('letters', '0002_own_wording'),
        ('letters', '0003_numbers_kept_back'),
        ('letters', '0004_check_codes'),
        ('letters', '0005_seal_images'),
        ('letters', '0006_seals'),
        ('letters', '0007_seal_images_confirmed_office_changes'),
    ]

    initial = True

    dependencies = [
        ('office', '0005_seal_keeper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        office.tables.CreateTogether(
            tables=[
                migrations.CreateModel(
                    name='NumberSeries',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('series', models.CharField(max_length=20, verbose_name='文号系列')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                        ('last', models.PositiveIntegerField(default=0, verbose_name='已用到')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                    ],
                    options={
                        'verbose_name': '文号系列',
                        'verbose_name_plural': '文号系列',
                        'constraints': [models.UniqueConstraint(fields=('office', 'series', 'year'), name='letters_series_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Paper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_ref', models.CharField(max_length=60, verbose_name='所属')),
                        ('kind', models.CharField(max_length=40, verbose_name='文种')),
                        ('series', models.CharField(max_length=20, verbose_name='文号系列')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                        ('number', models.PositiveIntegerField(verbose_name='序号')),
                        ('number_text', models.CharField(max_length=80, verbose_name='文号')),
                        ('title', models.CharField(max_length=200, verbose_name='标题')),
                        ('text_sealed', models.TextField(verbose_name='定稿（密文）')),
                        ('text_sha256', models.CharField(max_length=64, verbose_name='定稿散列')),
                        ('body_sha256', models.CharField(max_length=64, verbose_name='正文散列')),
                        ('wording_version', models.CharField(max_length=40, verbose_name='文本版本')),
                        ('signed_on', models.DateField(verbose_name='成文日期')),
                        ('by_ref', models.CharField(max_length=60, verbose_name='签发人')),
                        ('created_at', models.DateTimeField(verbose_name='制作时间')),
                        ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='letters.paper', verbose_name='更正的文书')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                        ('wordings', models.TextField(blank=True, verbose_name='所用文本')),
                        ('check_key', models.CharField(blank=True, default='', max_length=12, verbose_name='核验码密钥')),
                        ('needs_seal', models.BooleanField(default=False, verbose_name='须登记用印')),
                        ('sealed_on', models.DateField(blank=True, null=True, verbose_name='用印日期')),
                    ],
                    options={
                        'verbose_name': '文书',
                        'verbose_name_plural': '文书',
                        'indexes': [models.Index(fields=['subject_ref', 'id'], name='letters_by_subject'), models.Index(fields=['office', 'kind', 'signed_on'], name='letters_by_kind'), models.Index(fields=['number_text'], name='letters_by_number'), models.Index(condition=models.Q(('needs_seal', True), ('sealed_on__isnull', True)), fields=['office', 'id'], name='letters_to_be_sealed')],
                        'constraints': [models.UniqueConstraint(fields=('office', 'series', 'year', 'number'), name='letters_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='letters_number_from_one')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnWording',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=60, verbose_name='文书文本')),
                        ('version', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='版次')),
                        ('source', models.TextField(blank=True, verbose_name='文本')),
                        ('from_on', models.DateField(verbose_name='适用起始日')),
                        ('reason', models.TextField(blank=True, verbose_name='理由')),
                        ('base_version', models.CharField(max_length=40, verbose_name='所依据的系统文本版本')),
                        ('base_source', models.TextField(verbose_name='所依据的系统文本')),
                        ('entered_at', models.DateTimeField(verbose_name='起草时间')),
                        ('proposed_at', models.DateTimeField(blank=True, null=True, verbose_name='提出时间')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='复核时间')),
                        ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='退回时间')),
                        ('refusal', models.TextField(blank=True, verbose_name='退回理由')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
                        ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                        ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退回人')),
                    ],
                    options={
                        'verbose_name': '机关文书文本',
                        'verbose_name_plural': '机关文书文本',
                        'indexes': [models.Index(fields=['office', 'key', 'from_on'], name='letters_wording_lookup')],
                        'constraints': [models.UniqueConstraint(fields=('office', 'key', 'version'), name='letters_wording_version_once'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('proposed_at__isnull', False), ('refused_at__isnull', True)), fields=('office', 'key'), name='letters_wording_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True), ('version__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('proposed_at__isnull', False), ('version__isnull', False)), _connector='OR'), name='letters_wording_confirmed_pair'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at__isnull', True), ('refused_by__isnull', True)), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False)), _connector='OR'), name='letters_wording_refused_pair'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('refused_at__isnull', True), _connector='OR'), name='letters_wording_one_end'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='letters_wording_two_persons'), models.CheckConstraint(condition=models.Q(('proposed_at__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='letters_wording_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='NumberReservation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('series', models.CharField(max_length=20, verbose_name='文号系列')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                        ('first', models.PositiveIntegerField(verbose_name='起')),
                        ('count', models.PositiveSmallIntegerField(verbose_name='个数')),
                        ('reason', models.CharField(max_length=300, verbose_name='预留理由')),
                        ('made_on', models.DateField(verbose_name='预留日期')),
                        ('created_at', models.DateTimeField(verbose_name='登记时间')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='预留人')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                    ],
                    options={
                        'verbose_name': '预留文号',
                        'verbose_name_plural': '预留文号',
                        'constraints': [models.CheckConstraint(condition=models.Q(('count__gte', 1), ('first__gte', 1)), name='letters_reserved_some'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='letters_reserved_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='ReservedNumber',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('series', models.CharField(max_length=20, verbose_name='文号系列')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                        ('number', models.PositiveIntegerField(verbose_name='序号')),
                        ('number_text', models.CharField(max_length=80, verbose_name='文号')),
                        ('stage', django_fsm.FSMField(choices=[('reserved', '预留'), ('used', '已使用'), ('voided', '作废')], default='reserved', max_length=10, protected=True, verbose_name='状态')),
                        ('title', models.CharField(blank=True, max_length=200, verbose_name='文件标题')),
                        ('recipient', models.CharField(blank=True, max_length=120, verbose_name='主送')),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='作废理由')),
                        ('settled_on', models.DateField(blank=True, null=True, verbose_name='使用或者作废日期')),
                        ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='扫描件')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                        ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='letters.numberreservation')),
                        ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                    ],
                    options={
                        'verbose_name': '预留的文号',
                        'verbose_name_plural': '预留的文号',
                        'constraints': [models.UniqueConstraint(fields=('office', 'series', 'year', 'number'), name='letters_reserved_once'), models.CheckConstraint(condition=models.Q(models.Q(('settled_by__isnull', True), ('settled_on__isnull', True), ('stage', 'reserved')), models.Q(models.Q(('stage', 'reserved'), _negated=True), ('settled_by__isnull', False), ('settled_on__isnull', False)), _connector='OR'), name='letters_reserved_settled'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'used'), _negated=True), models.Q(('title', ''), _negated=True), _connector='OR'), name='letters_used_for_a_paper'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'voided'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='letters_void_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Voiding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300, verbose_name='作废理由')),
                        ('voided_on', models.DateField(verbose_name='作废日期')),
                        ('created_at', models.DateTimeField(verbose_name='登记时间')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                        ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='voiding', to='letters.paper', verbose_name='文书')),
                    ],
                    options={
                        'verbose_name': '作废的文书',
                        'verbose_name_plural': '作废的文书',
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='letters_voiding_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='SealImage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('office', '机关印章'), ('disclosure', '政府信息公开专用章')], max_length=12, verbose_name='种类')),
                        ('width_mm', models.PositiveSmallIntegerField(default=42, verbose_name='印章宽度（毫米）')),
                        ('from_on', models.DateField(verbose_name='启用日期')),
                        ('created_at', models.DateTimeField(verbose_name='登记时间')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                        ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='印模')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='复核时间')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
                        ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='退回时间')),
                        ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退回人')),
                    ],
                    options={
                        'verbose_name': '电子印模',
                        'verbose_name_plural': '电子印模',
                        'indexes': [models.Index(fields=['office', 'kind', '-from_on', '-id'], name='letters_seal_image_of')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['office', 'disclosure'])), name='letters_seal_image_kind'), models.CheckConstraint(condition=models.Q(('width_mm__gte', 30), ('width_mm__lte', 60)), name='letters_seal_image_width'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('refused_at__isnull', True), models.Q(('confirmed_by', models.F('by')), _negated=True)), _connector='OR'), name='letters_seal_image_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at__isnull', True), ('refused_by__isnull', True)), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False)), _connector='OR'), name='letters_seal_image_refused')],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('office', '机关印章'), ('disclosure', '政府信息公开专用章')], max_length=12, verbose_name='种类')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                    ],
                    options={
                        'verbose_name': '印章',
                        'verbose_name_plural': '印章',
                        'constraints': [models.UniqueConstraint(fields=('office', 'kind'), name='letters_seal_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SealUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('hand', '实物印章'), ('electronic', '电子印章')], default='hand', max_length=12, verbose_name='方式')),
                        ('copies', models.PositiveSmallIntegerField(default=1, verbose_name='份数')),
                        ('used_on', models.DateField(verbose_name='用印日期')),
                        ('copy', models.CharField(blank=True, choices=[('', '未登记'), ('returned', '盖章件已退回存卷'), ('scanned', '盖章件已扫描存卷')], default='', max_length=10, verbose_name='盖章件')),
                        ('copy_on', models.DateField(blank=True, null=True, verbose_name='盖章件存卷日期')),
                        ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='作废理由')),
                        ('voided_on', models.DateField(blank=True, null=True, verbose_name='作废日期')),
                        ('created_at', models.DateTimeField(verbose_name='登记时间')),
                        ('approver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批准人')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                        ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seal_uses', to='letters.paper', verbose_name='文书')),
                        ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='扫描件')),
                        ('seal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='letters.seal', verbose_name='印章')),
                        ('sealed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='用印人')),
                        ('voided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作废人')),
                    ],
                    options={
                        'verbose_name': '用印登记',
                        'verbose_name_plural': '用印登记',
                        'indexes': [models.Index(fields=['office', '-used_on', '-id'], name='letters_seal_register')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('copies__gte', 1)), name='letters_seal_copies'), models.CheckConstraint(condition=models.Q(models.Q(('way', 'hand'), _negated=True), ('sealed_by__isnull', False), _connector='OR'), name='letters_sealed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('copy', ''), ('copy_on__isnull', True), ('scan__isnull', True)), models.Q(('copy', 'returned'), ('copy_on__isnull', False), ('scan__isnull', True)), models.Q(('copy', 'scanned'), ('copy_on__isnull', False), ('scan__isnull', False)), _connector='OR'), name='letters_sealed_copy_as_said'), models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_by__isnull', True), ('voided_on__isnull', True)), models.Q(('voided_by__isnull', False), ('voided_on__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='letters_seal_void_in_full')],
                    },
                ),
                migrations.CreateModel(
                    name='OfficeChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('before', models.JSONField(verbose_name='修改前')),
                        ('after', models.JSONField(verbose_name='修改后')),
                        ('reason', models.CharField(max_length=500, verbose_name='理由')),
                        ('created_at', models.DateTimeField(verbose_name='修改时间')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                    ],
                    options={
                        'verbose_name': '机关资料修改',
                        'verbose_name_plural': '机关资料修改',
                        'indexes': [models.Index(fields=['office', '-id'], name='letters_office_change_of')],
                    },
                ),
            ],
        ),
    ]
