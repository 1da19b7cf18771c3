import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('org', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Family',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(blank=True, max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('committee', 'ประชุมคณะกรรมการ'), ('general', 'ประชุมใหญ่สมาชิก'), ('other', 'ประชุมอื่น')], max_length=10)),
                ('place', models.CharField(blank=True, max_length=150)),
                ('present_count', models.PositiveIntegerField()),
                ('members_count', models.PositiveIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('recorded_by', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
            ],
        ),
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
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('order', models.CharField(max_length=60)),
                ('call_position', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=150)),
                ('sort_name', models.CharField(max_length=300)),
                ('sex', models.CharField(blank=True, choices=[('female', 'หญิง'), ('male', 'ชาย')], max_length=6)),
                ('born_on', models.DateField(null=True)),
                ('kind', models.CharField(choices=[('ordinary', 'สามัญ'), ('associate', 'สมทบ'), ('honorary', 'กิตติมศักดิ์'), ('child', 'เด็กและเยาวชน')], default='ordinary', max_length=10)),
                ('joined_on', models.DateField()),
                ('status', models.CharField(choices=[('active', 'เป็นสมาชิก'), ('left', 'ลาออกหรือพ้นสมาชิกภาพ'), ('died', 'เสียชีวิต')], default='active', max_length=6)),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('marital_status', models.CharField(blank=True, max_length=30)),
                ('spouse_name', models.CharField(blank=True, max_length=150)),
                ('occupation', models.CharField(blank=True, max_length=150)),
                ('side_occupation', models.CharField(blank=True, max_length=150)),
                ('income_satang', models.BigIntegerField(null=True)),
                ('other_memberships', models.CharField(blank=True, max_length=300)),
                ('national_id_sealed', models.CharField(blank=True, max_length=200)),
                ('national_id_found', models.CharField(blank=True, max_length=64)),
                ('national_id_end', models.CharField(blank=True, max_length=3)),
                ('witnesses', models.CharField(blank=True, max_length=300)),
                ('family', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='groups.family')),
                ('guardian', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wards', to='groups.member')),
            ],
        ),
        migrations.CreateModel(
            name='MemberChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40)),
                ('before', models.CharField(blank=True, max_length=300)),
                ('after', models.CharField(blank=True, max_length=300)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='groups.member')),
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
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('text', models.CharField(max_length=600)),
                ('about', models.CharField(choices=[('free', 'เรื่องทั่วไป'), ('join', 'รับสมาชิก'), ('leave', 'ให้พ้นสมาชิกภาพ'), ('spend', 'อนุมัติจ่ายเงิน'), ('waiver', 'ยกเว้นค่าปรับ'), ('write_off', 'ตัดหนี้สูญ'), ('allowance', 'ตั้งค่าเผื่อหนี้สงสัยจะสูญ'), ('appropriation', 'จัดสรรกำไร'), ('reopen', 'เปิดงวดบัญชี')], default='free', max_length=15)),
                ('struck_because', models.CharField(blank=True, max_length=300)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='groups.meeting')),
            ],
        ),
        migrations.AddField(
            model_name='member',
            name='ended_resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.resolution'),
        ),
        migrations.AddField(
            model_name='member',
            name='resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.resolution'),
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
            name='MemberImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('file_name', models.CharField(max_length=150)),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.JSONField()),
                ('errors', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('read', 'รอยืนยัน'), ('wrong', 'ต้องแก้ไฟล์'), ('queued', 'กำลังนำเข้า'), ('done', 'นำเข้าแล้ว'), ('failed', 'นำเข้าไม่สำเร็จ'), ('dropped', 'ยกเลิกแล้ว')], default='read', max_length=12)),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='member_imports', to='groups.savingsgroup')),
            ],
        ),
        migrations.AddField(
            model_name='member',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='groups.savingsgroup'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='groups.savingsgroup'),
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
            name='GroupBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=100)),
                ('is_savings', models.BooleanField(default=False)),
                ('book', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='group_book', to='ledger.book')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='books', to='groups.savingsgroup')),
            ],
        ),
        migrations.AddField(
            model_name='family',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='families', to='groups.savingsgroup'),
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
            name='Beneficiary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=150)),
                ('relation', models.CharField(blank=True, max_length=60)),
                ('share_bp', models.PositiveIntegerField()),
                ('counts', models.BooleanField(default=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='beneficiaries', to='groups.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('member', 'position'), name='one_counting_beneficiary_per_place'), models.CheckConstraint(condition=models.Q(('share_bp__gt', 0), ('share_bp__lte', 10000)), name='beneficiary_has_a_share')],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField()),
                ('amount_satang', models.BigIntegerField()),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('counts', models.BooleanField(default=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='groups.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('member', 'effective_from'), name='one_counting_pledge_per_month'), models.CheckConstraint(condition=models.Q(('amount_satang__gte', 0)), name='pledge_is_not_negative')],
            },
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
            model_name='resolution',
            constraint=models.UniqueConstraint(fields=('meeting', 'number'), name='one_resolution_per_number_and_meeting'),
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
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['group', 'call_position'], name='member_group_call'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('group', 'number'), name='one_member_per_number'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('national_id_found', ''), _negated=True), fields=('group', 'national_id_found'), name='one_member_per_national_id'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('status', 'active')), models.Q(models.Q(('status', 'active'), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='only_an_ended_membership_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('joined_on')), _connector='OR'), name='membership_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('members_count__isnull', True), ('present_count__lte', models.F('members_count')), _connector='OR'), name='present_are_not_more_than_members'),
        ),
        migrations.AddConstraint(
            model_name='groupbook',
            constraint=models.UniqueConstraint(condition=models.Q(('is_savings', True)), fields=('group',), name='one_savings_book_per_group'),
        ),
        migrations.AddConstraint(
            model_name='family',
            constraint=models.UniqueConstraint(fields=('group', 'code'), name='one_family_per_code'),
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
