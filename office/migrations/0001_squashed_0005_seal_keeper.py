"""Every table of the office as it stood at 0005, made at once; the steps before are for a database between them."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import office.guard
import office.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('office', '0001_initial'),
        ('office', '0002_journal_triggers'),
        ('office', '0003_delegation'),
        ('office', '0004_letter_form'),
        ('office', '0005_seal_keeper'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        office.tables.CreateTogether(
            tables=[
                migrations.CreateModel(
                    name='Latch',
                    fields=[
                        ('name', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('holder', models.CharField(blank=True, max_length=100)),
                        ('held_until', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': '锁',
                        'verbose_name_plural': '锁',
                    },
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                        ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                        ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                        ('name', models.CharField(max_length=50, verbose_name='姓名')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                        ('must_change_password', models.BooleanField(default=False, verbose_name='须修改初始密码')),
                        ('deactivated_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': '工作人员',
                        'verbose_name_plural': '工作人员',
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='office_user_username_ci', violation_error_message='已有同名用户（不区分大小写）。'), models.CheckConstraint(condition=models.Q(('deactivated_on__isnull', True), ('is_active', False), _connector='OR'), name='office_user_gone_is_inactive')],
                    },
                ),
                migrations.CreateModel(
                    name='DataKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(max_length=64, unique=True, verbose_name='对象')),
                        ('wrapped', models.TextField(blank=True, verbose_name='封装的密钥')),
                        ('shredded_at', models.DateTimeField(blank=True, null=True, verbose_name='销毁时间')),
                    ],
                    options={
                        'verbose_name': '数据密钥',
                        'verbose_name_plural': '数据密钥',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('shredded_at__isnull', True), models.Q(('wrapped', ''), _negated=True)), models.Q(('shredded_at__isnull', False), ('wrapped', '')), _connector='OR'), name='office_datakey_shredded')],
                    },
                ),
                migrations.CreateModel(
                    name='JournalEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(max_length=64, verbose_name='对象')),
                        ('seq', models.PositiveIntegerField(verbose_name='序号')),
                        ('key', models.CharField(max_length=64, verbose_name='事项')),
                        ('at', models.DateTimeField(verbose_name='时间')),
                        ('on', models.DateField(verbose_name='日期')),
                        ('by_ref', models.CharField(max_length=64, verbose_name='经办')),
                        ('office_id', models.BigIntegerField(null=True, verbose_name='机关')),
                        ('act_id', models.UUIDField(verbose_name='操作编号')),
                        ('data', models.JSONField(default=dict, verbose_name='数据')),
                        ('prev_hash', models.CharField(max_length=64)),
                        ('hash', models.CharField(max_length=64)),
                    ],
                    options={
                        'verbose_name': '留痕',
                        'verbose_name_plural': '留痕',
                        'indexes': [models.Index(fields=['office_id', 'on'], name='office_journal_by_office')],
                        'constraints': [models.UniqueConstraint(fields=('subject', 'seq'), name='office_journal_chain'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='office_journal_seq')],
                    },
                ),
                migrations.CreateModel(
                    name='Office',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='机关编码')),
                        ('name', models.CharField(max_length=100, unique=True, verbose_name='全称')),
                        ('doc_code', models.CharField(max_length=20, verbose_name='机关代字')),
                        ('kind', models.CharField(choices=[('government', '县级以上人民政府'), ('government_office', '政府办公室'), ('department', '部门'), ('township', '乡镇人民政府/街道办事处'), ('zone', '开发区管委会'), ('vertical', '垂直领导机关'), ('dispatched', '派出机构'), ('authorised', '授权组织'), ('party_gov', '党政合署机关')], max_length=20, verbose_name='机关性质')),
                        ('level', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡级')], max_length=10, verbose_name='层级')),
                        ('region', models.CharField(blank=True, max_length=50, verbose_name='行政区划名称')),
                        ('region_code', models.CharField(blank=True, max_length=12, verbose_name='行政区划代码')),
                        ('government_name', models.CharField(blank=True, max_length=100, verbose_name='本级人民政府')),
                        ('superior_department', models.CharField(blank=True, max_length=100, verbose_name='上一级主管部门')),
                        ('basic_court', models.CharField(blank=True, max_length=100, verbose_name='基层人民法院')),
                        ('intermediate_court', models.CharField(blank=True, max_length=100, verbose_name='中级人民法院')),
                        ('reconsideration_body', models.CharField(blank=True, max_length=100, verbose_name='行政复议机关（另行指定）')),
                        ('court', models.CharField(blank=True, max_length=100, verbose_name='管辖法院（另行指定）')),
                        ('reconsideration_online', models.URLField(blank=True, verbose_name='线上行政复议渠道')),
                        ('disclosure_office', models.CharField(blank=True, max_length=100, verbose_name='政府信息公开工作机构')),
                        ('address', models.CharField(blank=True, max_length=200, verbose_name='地址')),
                        ('postcode', models.CharField(blank=True, max_length=6, verbose_name='邮政编码')),
                        ('phone', models.CharField(blank=True, max_length=60, verbose_name='电话')),
                        ('fax', models.CharField(blank=True, max_length=60, verbose_name='传真')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                        ('office_hours', models.CharField(blank=True, max_length=200, verbose_name='办公时间')),
                        ('website', models.URLField(blank=True, verbose_name='网站')),
                        ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                        ('strict_separation', models.BooleanField(default=True, verbose_name='严格岗位分离')),
                        ('separation_reason', models.TextField(blank=True, verbose_name='放宽岗位分离的理由')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='office.office', verbose_name='上级机关')),
                        ('letter_form', models.CharField(choices=[('letter', '信函格式'), ('document', '文件格式')], default='letter', max_length=10, verbose_name='公文版式')),
                    ],
                    options={
                        'verbose_name': '机关',
                        'verbose_name_plural': '机关',
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['government', 'government_office', 'department', 'township', 'zone', 'vertical', 'dispatched', 'authorised', 'party_gov'])), name='office_office_kind'), models.CheckConstraint(condition=models.Q(('level__in', ['province', 'city', 'county', 'township'])), name='office_office_level'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='office_office_not_own_parent'), models.CheckConstraint(condition=models.Q(('strict_separation', True), models.Q(('separation_reason', ''), _negated=True), _connector='OR'), name='office_office_loose_has_reason', violation_error_message='放宽岗位分离必须写明理由。'), models.CheckConstraint(condition=models.Q(('letter_form__in', ['letter', 'document'])), name='office_office_letter_form')],
                    },
                ),
                migrations.CreateModel(
                    name='OfficeParameter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=100, verbose_name='参数')),
                        ('value', models.JSONField(verbose_name='值')),
                        ('from_on', models.DateField(verbose_name='适用起始日')),
                        ('reason', models.TextField(verbose_name='理由')),
                        ('entered_at', models.DateTimeField(verbose_name='录入时间')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='复核时间')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='退回时间')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
                        ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                        ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parameters', to='office.office', verbose_name='机关')),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退回人')),
                    ],
                    options={
                        'verbose_name': '机关参数',
                        'verbose_name_plural': '机关参数',
                        'indexes': [models.Index(fields=['key', 'office', 'from_on'], name='office_parameter_lookup')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='office_parameter_confirmed_pair'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='office_parameter_withdrawn_pair'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='office_parameter_one_end'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='office_parameter_two_persons'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='office_parameter_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='OutboxMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=64, verbose_name='种类')),
                        ('dedupe_key', models.CharField(max_length=200, unique=True, verbose_name='去重键')),
                        ('payload', models.JSONField(verbose_name='引用')),
                        ('created_at', models.DateTimeField(verbose_name='产生时间')),
                        ('due_at', models.DateTimeField(verbose_name='应发时间')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发出时间')),
                        ('gave_up_at', models.DateTimeField(blank=True, null=True, verbose_name='放弃时间')),
                        ('attempts', models.PositiveIntegerField(default=0, verbose_name='次数')),
                        ('last_error', models.CharField(blank=True, max_length=100, verbose_name='最近错误')),
                    ],
                    options={
                        'verbose_name': '待发消息',
                        'verbose_name_plural': '待发消息',
                        'indexes': [models.Index(condition=models.Q(('gave_up_at__isnull', True), ('sent_at__isnull', True)), fields=['due_at'], name='office_outbox_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('gave_up_at__isnull', True), _connector='OR'), name='office_outbox_one_end')],
                    },
                ),
                migrations.CreateModel(
                    name='RateWindow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bucket', models.CharField(max_length=80)),
                        ('opened_at', models.DateTimeField()),
                        ('closes_at', models.DateTimeField(db_index=True)),
                        ('count', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name': '频次',
                        'verbose_name_plural': '频次',
                        'constraints': [models.UniqueConstraint(fields=('bucket', 'opened_at'), name='office_ratewindow_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StoredFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('size', models.PositiveBigIntegerField(verbose_name='字节')),
                        ('content_type', models.CharField(max_length=100, verbose_name='类型')),
                        ('key_version', models.PositiveIntegerField(default=0, help_text='0 为未加密存放', verbose_name='密钥版本')),
                        ('created_at', models.DateTimeField(verbose_name='存入时间')),
                        ('last_put_at', models.DateTimeField(verbose_name='最近存入时间')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office', verbose_name='机关')),
                    ],
                    options={
                        'verbose_name': '文件',
                        'verbose_name_plural': '文件',
                        'indexes': [models.Index(fields=['last_put_at'], name='office_storedfile_age'), models.Index(fields=['key_version'], name='office_storedfile_key')],
                        'constraints': [models.UniqueConstraint(fields=('office', 'sha256'), name='office_storedfile_content'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='office_storedfile_size')],
                    },
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, verbose_name='名称')),
                        ('code', models.SlugField(verbose_name='编码')),
                        ('is_disclosure_office', models.BooleanField(default=False, verbose_name='政府信息公开工作机构')),
                        ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='office.office', verbose_name='机关')),
                    ],
                    options={
                        'verbose_name': '科室',
                        'verbose_name_plural': '科室',
                        'ordering': ['office', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('office', 'code'), name='office_unit_code'), models.UniqueConstraint(fields=('office', 'name'), name='office_unit_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('intake', '登记员'), ('allocator', '分办人'), ('handler', '承办人'), ('secrecy', '保密审查员'), ('redaction', '去标识化审查员'), ('legal', '法制审核'), ('unit_head', '科室负责人'), ('head', '工作机构负责人'), ('signatory', '签发人'), ('seal', '印章管理员'), ('archivist', '档案员'), ('supervisor', '监督员'), ('admin', '管理员')], max_length=20, verbose_name='岗位')),
                        ('from_on', models.DateField(verbose_name='起始日')),
                        ('to_on', models.DateField(blank=True, null=True, verbose_name='截止日（含）')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='office.office', verbose_name='机关')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='office.unit', verbose_name='科室')),
                    ],
                    options={
                        'verbose_name': '任岗',
                        'verbose_name_plural': '任岗',
                        'indexes': [models.Index(fields=['office', 'role', 'user'], name='office_post_by_role')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='office_post_days'), models.UniqueConstraint(fields=('user', 'office', 'unit', 'role', 'from_on'), name='office_post_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('user', 'office', 'role', 'from_on'), name='office_post_once_office'), models.CheckConstraint(condition=models.Q(('role__in', ['intake', 'allocator', 'handler', 'secrecy', 'redaction', 'legal', 'unit_head', 'head', 'signatory', 'seal', 'archivist', 'supervisor', 'admin'])), name='office_post_role')],
                    },
                ),
                migrations.CreateModel(
                    name='Delegation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('from_on', models.DateField(verbose_name='起始日')),
                        ('to_on', models.DateField(verbose_name='截止日（含）')),
                        ('reason', models.CharField(max_length=100, verbose_name='事由')),
                        ('entered_at', models.DateTimeField(verbose_name='录入时间')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='提前终止日')),
                        ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to=settings.AUTH_USER_MODEL, verbose_name='代理人')),
                        ('delegator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL, verbose_name='被代理人')),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='终止人')),
                        ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='office.office', verbose_name='机关')),
                    ],
                    options={
                        'verbose_name': '代理',
                        'verbose_name_plural': '代理',
                        'indexes': [models.Index(fields=['delegate', 'to_on'], name='office_delegation_held'), models.Index(fields=['office', 'to_on'], name='office_delegation_office')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='office_delegation_days'), models.CheckConstraint(condition=models.Q(('delegator', models.F('delegate')), _negated=True), name='office_delegation_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='office_delegation_end_pair')],
                    },
                ),
            ],
        ),
        migrations.RunPython(
            code=office.guard.forwards,
            reverse_code=office.guard.backwards,
        ),
    ]
