import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('groups', '0001_initial'),
        ('ledger', '0001_initial'),
    ]

    operations = [
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
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('kept', 'in_force_from'), name='one_counting_rules_per_book_and_day'), models.CheckConstraint(condition=models.Q(('cash_limit_satang__gte', 0), ('entry_fee_satang__gte', 0), ('late_fine_satang__gte', 0)), name='rules_hold_no_negative_money')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'control'), name='one_account_per_member_and_heading')],
            },
        ),
        migrations.AddConstraint(
            model_name='reopenrequest',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='asking_to_reopen_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='reopenanswer',
            constraint=models.CheckConstraint(condition=models.Q(('by', models.F('asked_by')), _negated=True), name='nobody_answers_his_own_asking'),
        ),
    ]
