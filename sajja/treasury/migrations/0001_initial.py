import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('groups', '0001_initial'),
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('on', models.DateField()),
                ('text', models.CharField(blank=True, max_length=150)),
                ('amount', models.BigIntegerField()),
                ('balance', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=80)),
                ('branch', models.CharField(blank=True, max_length=80)),
                ('number', models.CharField(max_length=30)),
                ('name', models.CharField(max_length=150)),
                ('opened', models.DateField()),
                ('ended', models.DateField(null=True)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank', to='ledger.account')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='banks', to='groups.groupbook')),
            ],
        ),
        migrations.CreateModel(
            name='BookRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_force_from', models.DateField()),
                ('late_fine_satang', models.BigIntegerField(default=0)),
                ('entry_fee_satang', models.BigIntegerField(default=0)),
                ('special_interest_base', models.CharField(choices=[('lowest_of_month', 'ยอดต่ำสุดของแต่ละเดือน'), ('daily', 'ยอดคงเหลือรายวัน')], default='lowest_of_month', max_length=20)),
                ('special_interest_days', models.CharField(default='06-30 12-31', max_length=60)),
                ('grace_days', models.PositiveSmallIntegerField(default=0)),
                ('cash_limit_satang', models.BigIntegerField(default=500000)),
                ('bank_within_days', models.PositiveSmallIntegerField(default=3)),
                ('cash_step_satang', models.PositiveSmallIntegerField(default=25)),
                ('collecting_name', models.CharField(blank=True, max_length=60)),
                ('counts', models.BooleanField(default=True)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='groups.groupbook')),
            ],
        ),
        migrations.CreateModel(
            name='Keeper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('limit_satang', models.BigIntegerField(null=True)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='keeper', to='ledger.account')),
                ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.committeemember')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keepers', to='groups.groupbook')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.member')),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outgoing_name', models.CharField(max_length=150)),
                ('on', models.DateField()),
                ('notes', models.JSONField()),
                ('cash_satang', models.BigIntegerField()),
                ('books', models.TextField()),
                ('bank_books', models.TextField(blank=True)),
                ('head', models.CharField(max_length=200)),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('uuid', models.UUIDField(null=True, unique=True)),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handover', to='ledger.entry')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='groups.groupbook')),
                ('incoming', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.keeper')),
                ('outgoing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treasury.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='CashCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('notes', models.JSONField()),
                ('counted_satang', models.BigIntegerField()),
                ('book_satang', models.BigIntegerField()),
                ('odd_satang', models.PositiveSmallIntegerField(default=0)),
                ('difference', models.BigIntegerField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('uuid', models.UUIDField(null=True, unique=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('charged', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.member')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='count', to='ledger.entry')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='groups.groupbook')),
                ('keeper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='treasury.keeper')),
            ],
        ),
        migrations.CreateModel(
            name='MemberAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('control', models.CharField(max_length=10)),
                ('base_satang', models.BigIntegerField(default=0)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='member_account', to='ledger.account')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='groups.member')),
            ],
        ),
        migrations.CreateModel(
            name='MonthCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveIntegerField()),
                ('lines', models.JSONField()),
                ('head', models.CharField(max_length=130)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='month_checks', to='groups.groupbook')),
            ],
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hash', models.CharField(max_length=200)),
                ('set_at', models.DateTimeField()),
                ('set_by_name', models.CharField(max_length=200)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('locked_until', models.DateTimeField(null=True)),
                ('committee', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pin', to='groups.committeemember')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pins', to='groups.savingsgroup')),
                ('member', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pin', to='groups.member')),
            ],
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('opening_satang', models.BigIntegerField()),
                ('closing_satang', models.BigIntegerField()),
                ('book_satang', models.BigIntegerField(null=True)),
                ('difference', models.BigIntegerField(null=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by_name', models.CharField(blank=True, max_length=200)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconciliations', to='treasury.bankaccount')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconciliations', to='groups.groupbook')),
            ],
        ),
        migrations.CreateModel(
            name='BankTie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('movement', models.BigIntegerField(db_index=True)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ties', to='treasury.bankline')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ties', to='treasury.reconciliation')),
            ],
        ),
        migrations.AddField(
            model_name='bankline',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='treasury.reconciliation'),
        ),
        migrations.CreateModel(
            name='ReopenRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopen_requests', to='groups.groupbook')),
            ],
        ),
        migrations.CreateModel(
            name='ReopenAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BooleanField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('asked_by', models.CharField(max_length=80)),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='treasury.reopenrequest')),
            ],
        ),
        migrations.CreateModel(
            name='Second',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(db_index=True, max_length=80)),
                ('about_name', models.CharField(blank=True, max_length=300)),
                ('role', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=150)),
                ('way', models.CharField(choices=[('pin', 'รหัส PIN'), ('slip', 'ใบลงชื่อ'), ('self', 'ลงชื่อเข้าใช้เอง')], max_length=4)),
                ('slip_no', models.PositiveIntegerField(null=True)),
                ('asked_by', models.CharField(max_length=80)),
                ('asked_by_name', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by_name', models.CharField(blank=True, max_length=200)),
                ('signed_on', models.DateField(null=True)),
                ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.committeemember')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seconds', to='groups.groupbook')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.member')),
            ],
        ),
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='paper', serialize=False, to='ledger.entry')),
                ('kind', models.CharField(choices=[('receipt', 'ใบสำคัญรับ'), ('payment', 'ใบสำคัญจ่าย'), ('general', 'ใบสำคัญทั่วไป')], max_length=10)),
                ('party', models.CharField(blank=True, max_length=150)),
                ('paper_no', models.CharField(blank=True, max_length=40)),
                ('method', models.CharField(choices=[('cash', 'เงินสด'), ('transfer', 'ผ่านธนาคาร'), ('none', 'ไม่มีเงินเคลื่อนไหว')], max_length=10)),
                ('welfare', models.CharField(blank=True, choices=[('birth', 'เกิด'), ('sickness', 'เจ็บป่วย'), ('death', 'เสียชีวิต'), ('other', 'อื่น ๆ')], max_length=10)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='groups.groupbook')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.member')),
                ('resolution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.resolution')),
            ],
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(fields=('kept', 'bank', 'number'), name='one_bank_account_per_number'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(('ended__isnull', True), ('ended__gte', models.F('opened')), _connector='OR'), name='bank_account_ends_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='bookrules',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('kept', 'in_force_from'), name='one_counting_rules_per_book_and_day'),
        ),
        migrations.AddConstraint(
            model_name='bookrules',
            constraint=models.CheckConstraint(condition=models.Q(('cash_limit_satang__gte', 0), ('entry_fee_satang__gte', 0), ('late_fine_satang__gte', 0)), name='rules_hold_no_negative_money'),
        ),
        migrations.AddConstraint(
            model_name='keeper',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='keeper_ends_after_starting'),
        ),
        migrations.AddConstraint(
            model_name='cashcount',
            constraint=models.CheckConstraint(condition=models.Q(('difference', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('counted_satang'), '+', models.F('odd_satang')), '-', models.F('book_satang')))), name='difference_is_counted_less_book'),
        ),
        migrations.AddConstraint(
            model_name='cashcount',
            constraint=models.CheckConstraint(condition=models.Q(('difference', 0), ('entry__isnull', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='a_difference_is_booked_or_explained'),
        ),
        migrations.AddConstraint(
            model_name='memberaccount',
            constraint=models.UniqueConstraint(fields=('member', 'control'), name='one_account_per_member_and_heading'),
        ),
        migrations.AddConstraint(
            model_name='pin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('committee__isnull', True), ('member__isnull', False)), models.Q(('committee__isnull', False), ('member__isnull', True)), _connector='OR'), name='a_pin_is_one_persons'),
        ),
        migrations.AddConstraint(
            model_name='reconciliation',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='statement_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='reconciliation',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at__isnull', True), ('dropped_at__isnull', True)), fields=('bank',), name='one_statement_under_way'),
        ),
        migrations.AddConstraint(
            model_name='banktie',
            constraint=models.UniqueConstraint(fields=('line', 'movement'), name='a_line_and_a_movement_tie_once'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(fields=('statement', 'position'), name='one_bank_line_per_position'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='bank_line_moves_money'),
        ),
        migrations.AddConstraint(
            model_name='reopenrequest',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='asking_to_reopen_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='reopenanswer',
            constraint=models.CheckConstraint(condition=models.Q(('by', models.F('asked_by')), _negated=True), name='nobody_answers_his_own_asking'),
        ),
        migrations.AddConstraint(
            model_name='second',
            constraint=models.UniqueConstraint(condition=models.Q(('slip_no__isnull', False)), fields=('kept', 'slip_no'), name='one_signature_per_slip_number'),
        ),
        migrations.AddConstraint(
            model_name='second',
            constraint=models.UniqueConstraint(fields=('about', 'role'), name='one_person_signs_each_role'),
        ),
        migrations.AddConstraint(
            model_name='second',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('way', 'slip'), _negated=True), ('slip_no__isnull', False), _connector='OR'), name='a_slip_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='second',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('signed_on__isnull', False), _connector='OR'), name='confirmed_signature_has_its_day'),
        ),
    ]
