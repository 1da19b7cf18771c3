import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Book',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('opened_on', models.DateField()),
                ('fiscal_year_starts', models.PositiveSmallIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('date', models.DateField()),
                ('stage', models.PositiveSmallIntegerField(choices=[(0, 'Month'), (1, 'Adjusting'), (2, 'Closing')])),
                ('kind', models.CharField(max_length=30)),
                ('memo', models.CharField(max_length=300)),
                ('uuid', models.UUIDField()),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('first', models.BigIntegerField()),
                ('lines', models.PositiveIntegerField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('amount', models.BigIntegerField()),
                ('receipt', models.PositiveIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name='Numbering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('entries', models.PositiveIntegerField(default=0)),
                ('receipts', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='PeriodMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveIntegerField()),
                ('year', models.BooleanField(default=False)),
                ('closed', models.BooleanField()),
                ('position', models.PositiveBigIntegerField()),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('second', models.CharField(blank=True, max_length=80)),
                ('second_name', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PeriodTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveIntegerField()),
                ('stage', models.PositiveSmallIntegerField(choices=[(0, 'Month'), (1, 'Adjusting'), (2, 'Closing')])),
                ('debits', models.BigIntegerField()),
                ('credits', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('A', 'สินทรัพย์'), ('L', 'หนี้สิน'), ('Q', 'ทุน'), ('I', 'รายได้'), ('E', 'ค่าใช้จ่าย')], max_length=1)),
                ('name', models.CharField(max_length=150)),
                ('floor', models.PositiveSmallIntegerField(choices=[(0, 'Free'), (1, 'Always'), (2, 'Payments')], default=0)),
                ('balance', models.BigIntegerField(default=0)),
                ('last_on', models.DateField(null=True)),
                ('control', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='under', to='ledger.account')),
            ],
        ),
        migrations.CreateModel(
            name='BookHead',
            fields=[
                ('book', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='head', serialize=False, to='ledger.book')),
                ('entries', models.PositiveBigIntegerField(default=0)),
                ('movements', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(max_length=64)),
                ('closed_through', models.PositiveIntegerField(default=0)),
                ('year_closed_through', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddConstraint(
            model_name='book',
            constraint=models.CheckConstraint(condition=models.Q(('fiscal_year_starts__gte', 1), ('fiscal_year_starts__lte', 12)), name='book_year_starts_in_a_month'),
        ),
        migrations.AddConstraint(
            model_name='book',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__contains', ' '), _negated=True), models.Q(('code', ''), _negated=True)), name='book_code_has_no_blanks'),
        ),
        migrations.AddField(
            model_name='account',
            name='book',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='ledger.book'),
        ),
        migrations.AddField(
            model_name='entry',
            name='book',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.book'),
        ),
        migrations.AddField(
            model_name='entry',
            name='reverses',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry'),
        ),
        migrations.AddField(
            model_name='movement',
            name='about',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account'),
        ),
        migrations.AddField(
            model_name='movement',
            name='credit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account'),
        ),
        migrations.AddField(
            model_name='movement',
            name='debit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account'),
        ),
        migrations.AddField(
            model_name='movement',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry'),
        ),
        migrations.AddField(
            model_name='movement',
            name='reverses',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.movement'),
        ),
        migrations.AddField(
            model_name='numbering',
            name='book',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.book'),
        ),
        migrations.AddField(
            model_name='periodmove',
            name='book',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='period_moves', to='ledger.book'),
        ),
        migrations.AddField(
            model_name='periodtotal',
            name='account',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='totals', to='ledger.account'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(fields=('book', 'code'), name='one_account_per_code'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__contains', ' '), _negated=True), models.Q(('code', ''), _negated=True)), name='account_code_has_no_blanks'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['book', 'date'], name='entry_book_date'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('book', 'year', 'number'), name='one_entry_per_number'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('book', 'uuid'), name='one_entry_per_uuid'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('lines__gte', 1)), name='entry_has_a_movement'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='movement_amount_above_nought'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='movement_has_two_accounts'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.UniqueConstraint(condition=models.Q(('reverses__isnull', False)), fields=('reverses',), name='each_movement_is_reversed_once'),
        ),
        migrations.AddConstraint(
            model_name='numbering',
            constraint=models.UniqueConstraint(fields=('book', 'year'), name='one_numbering_per_year'),
        ),
        migrations.AddConstraint(
            model_name='periodmove',
            constraint=models.CheckConstraint(condition=models.Q(('closed', True), models.Q(models.Q(('second', ''), _negated=True), models.Q(('second', models.F('by')), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='reopening_needs_a_second_person_and_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='periodtotal',
            constraint=models.UniqueConstraint(fields=('account', 'month', 'stage'), name='one_total_per_month'),
        ),
    ]
