import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavingsGroup',
            fields=[
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='group', serialize=False, to='org.unit')),
                ('code', models.CharField(max_length=30, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('search_text', models.CharField(max_length=600)),
                ('founded_on', models.DateField(null=True)),
                ('contact_name', models.CharField(blank=True, max_length=150)),
                ('contact_phone', models.CharField(blank=True, max_length=30)),
                ('registered_at', models.DateTimeField()),
                ('registered_by', models.CharField(max_length=200)),
                ('closed_on', models.DateField(null=True)),
                ('closed_because', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('file_name', models.CharField(max_length=150)),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.JSONField()),
                ('errors', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('read', 'รอยืนยัน'), ('wrong', 'ต้องแก้ไฟล์'), ('queued', 'กำลังนำเข้า'), ('done', 'นำเข้าแล้ว'), ('failed', 'นำเข้าไม่สำเร็จ'), ('dropped', 'ยกเลิกแล้ว')], default='read', max_length=12)),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('new_count', models.PositiveIntegerField(default=0)),
                ('known_count', models.PositiveIntegerField(default=0)),
                ('level_count', models.PositiveIntegerField(default=0)),
                ('village_count', models.PositiveIntegerField(default=0)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_force_from', models.DateField()),
                ('pledge_unit_satang', models.BigIntegerField()),
                ('pledge_units_least', models.PositiveIntegerField()),
                ('pledge_units_most', models.PositiveIntegerField()),
                ('collecting_day', models.PositiveSmallIntegerField()),
                ('loan_interest_bp', models.PositiveIntegerField()),
                ('special_interest_bp', models.PositiveIntegerField(default=0)),
                ('fiscal_year_starts', models.PositiveSmallIntegerField(default=1)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('counts', models.BooleanField(default=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regulations', to='groups.savingsgroup')),
            ],
        ),
        migrations.CreateModel(
            name='LastAppropriation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('as_of', models.DateField()),
                ('surplus_satang', models.BigIntegerField()),
                ('to_members_satang', models.BigIntegerField()),
                ('to_community_satang', models.BigIntegerField()),
                ('by_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appropriations', to='groups.savingsgroup')),
            ],
        ),
        migrations.CreateModel(
            name='DevelopmentLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('level', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('by_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('counts', models.BooleanField(default=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='groups.savingsgroup')),
            ],
        ),
        migrations.CreateModel(
            name='CommitteeMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('sex', models.CharField(choices=[('female', 'หญิง'), ('male', 'ชาย')], max_length=6)),
                ('section', models.CharField(choices=[('directing', 'ฝ่ายอำนวยการ'), ('promotion', 'ฝ่ายส่งเสริม'), ('loans', 'ฝ่ายเงินกู้'), ('audit', 'ฝ่ายตรวจสอบ')], max_length=10)),
                ('office', models.CharField(choices=[('chair', 'ประธาน'), ('vice', 'รองประธาน'), ('secretary', 'เลขานุการ'), ('treasurer', 'เหรัญญิก'), ('member', 'กรรมการ')], max_length=10)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('counts', models.BooleanField(default=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committee', to='groups.savingsgroup')),
            ],
        ),
        migrations.CreateModel(
            name='CentreFounding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre_name', models.CharField(max_length=150)),
                ('year', models.PositiveSmallIntegerField()),
                ('evidence', models.CharField(max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=200)),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='centre_founding', to='groups.savingsgroup')),
            ],
        ),
        migrations.CreateModel(
            name='AppropriationHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('share_bp', models.PositiveIntegerField()),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='groups.regulation')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('regulation', 'position'), name='one_head_per_position')],
            },
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('group', 'in_force_from'), name='one_counting_regulation_per_group_and_day'),
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.CheckConstraint(condition=models.Q(('collecting_day__gte', 1), ('collecting_day__lte', 31)), name='collecting_day_is_a_day'),
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.CheckConstraint(condition=models.Q(('loan_interest_bp__lte', 1500)), name='loan_interest_within_the_law'),
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.CheckConstraint(condition=models.Q(('pledge_units_most__gte', models.F('pledge_units_least'))), name='pledge_most_not_under_least'),
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.CheckConstraint(condition=models.Q(('fiscal_year_starts__gte', 1), ('fiscal_year_starts__lte', 12)), name='fiscal_year_starts_in_a_month'),
        ),
        migrations.AddConstraint(
            model_name='developmentlevel',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='level_is_1_to_3'),
        ),
        migrations.AddConstraint(
            model_name='developmentlevel',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('group', 'fiscal_year'), name='one_counting_level_per_year'),
        ),
        migrations.AddConstraint(
            model_name='committeemember',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='term_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='centrefounding',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2500), ('year__lte', 2700)), name='centre_year_is_buddhist'),
        ),
    ]
