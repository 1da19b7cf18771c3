"""The second half of the first tables: a file stops at 400 lines."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0001_initial'),
        ('ledger', '0001_initial'),
        ('treasury', '0001_initial'),
    ]

    operations = [
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
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('left', 'ลาออกหรือพ้นสมาชิกภาพ'), ('died', 'เสียชีวิต')], max_length=6)),
                ('day', models.DateField()),
                ('pledged_satang', models.BigIntegerField()),
                ('special_satang', models.BigIntegerField()),
                ('heirs', models.JSONField(default=list)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('counts', models.BooleanField(default=True)),
                ('taken_back_because', models.CharField(blank=True, max_length=300)),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='ledger.entry')),
                ('fetched', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fetched_settlement', to='ledger.entry')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='groups.groupbook')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='groups.member')),
                ('resolution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.resolution')),
            ],
        ),
        migrations.CreateModel(
            name='SheetColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('fund', 'กองทุนของกลุ่ม'), ('held_for_others', 'รับแทนผู้อื่น')], max_length=20)),
                ('default_satang', models.BigIntegerField(default=0)),
                ('active', models.BooleanField(default=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='columns', to='groups.groupbook')),
            ],
        ),
        migrations.CreateModel(
            name='SheetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt', models.PositiveIntegerField()),
                ('method', models.CharField(max_length=10)),
                ('transfer_at', models.TimeField(null=True)),
                ('transfer_digits', models.CharField(blank=True, max_length=10)),
                ('paper_book', models.CharField(blank=True, max_length=20)),
                ('paper_no', models.CharField(blank=True, max_length=20)),
                ('pledged', models.BigIntegerField(default=0)),
                ('special', models.BigIntegerField(default=0)),
                ('fine', models.BigIntegerField(default=0)),
                ('fee', models.BigIntegerField(default=0)),
                ('others', models.JSONField(default=dict)),
                ('loan', models.JSONField(default=list)),
                ('bank', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.member')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='treasury.sheetline')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='treasury.collectingday')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_lines', to='groups.member')),
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
        migrations.CreateModel(
            name='BalanceConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('pledged_satang', models.BigIntegerField()),
                ('special_satang', models.BigIntegerField()),
                ('answer', models.CharField(blank=True, choices=[('', 'ยังไม่ตอบ'), ('agrees', 'ตรงกัน'), ('differs', 'ไม่ตรง')], max_length=8)),
                ('said_satang', models.BigIntegerField(null=True)),
                ('solved', models.CharField(blank=True, max_length=300)),
                ('answered_by_name', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='groups.groupbook')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='groups.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kept', 'member', 'on'), name='one_confirmation_per_member_and_day')],
            },
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
            model_name='collectingday',
            constraint=models.UniqueConstraint(fields=('kept', 'date', 'sheet'), name='one_sheet_per_day_and_number'),
        ),
        migrations.AddConstraint(
            model_name='collectingday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('difference_how', 'none'), _negated=True), ('counted_satang__isnull', True), ('counted_satang', django.db.models.expressions.CombinedExpression(models.F('expected_cash_satang'), '-', models.F('odd_satang'))), _connector='OR'), name='a_days_difference_is_booked_or_explained'),
        ),
        migrations.AddConstraint(
            model_name='collectingday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('difference_how', 'explained'), _negated=True), models.Q(('difference_words', ''), _negated=True), _connector='OR'), name='an_explained_difference_has_words'),
        ),
        migrations.AddConstraint(
            model_name='interestrun',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('kept', 'day'), name='one_interest_run_per_book_and_day'),
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
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('member',), name='one_counting_settlement_per_member'),
        ),
        migrations.AddConstraint(
            model_name='sheetcolumn',
            constraint=models.UniqueConstraint(condition=models.Q(('active', True)), fields=('kept', 'name'), name='one_active_column_per_name'),
        ),
        migrations.AddConstraint(
            model_name='sheetcolumn',
            constraint=models.CheckConstraint(condition=models.Q(('default_satang__gte', 0)), name='column_default_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='sheetline',
            constraint=models.UniqueConstraint(fields=('day', 'member'), name='one_line_per_member_and_sheet'),
        ),
        migrations.AddConstraint(
            model_name='sheetline',
            constraint=models.UniqueConstraint(fields=('day', 'receipt'), name='one_line_per_receipt'),
        ),
        migrations.AddConstraint(
            model_name='sheetline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bank__isnull', True), ('method', 'cash')), models.Q(('bank__isnull', False), ('method', 'transfer')), _connector='OR'), name='a_transfer_names_its_bank'),
        ),
    ]
