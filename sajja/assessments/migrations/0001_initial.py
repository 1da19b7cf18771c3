import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('programme', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Aspect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('short_title', models.CharField(max_length=60)),
                ('slot', models.CharField(choices=[('governance', 'ประเมินศักยภาพธรรมาภิบาล'), ('ssg', 'ประเมินกระบวนการ SSG'), ('other', 'แบบประเมินอื่น')], max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('corrects_because', models.CharField(blank=True, max_length=500)),
                ('day', models.DateField()),
                ('started_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('dropped_because', models.CharField(blank=True, max_length=500)),
                ('online_reference', models.CharField(blank=True, max_length=100)),
                ('online_date', models.DateField(null=True)),
                ('passed', models.PositiveSmallIntegerField(null=True)),
                ('judged', models.PositiveSmallIntegerField(null=True)),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('band', models.CharField(blank=True, max_length=60)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='assessments.assessment')),
                ('dropped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.revision')),
                ('selected', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='programme.selectedgroup')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=500)),
                ('guidance', models.TextField(blank=True)),
                ('evidence_wanted', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(default='passfail', max_length=10)),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('rule', models.JSONField(default=dict)),
                ('allows_not_applicable', models.BooleanField(default=True)),
                ('recommendation', models.CharField(blank=True, max_length=500)),
                ('figure', models.CharField(blank=True, max_length=60)),
                ('aspect', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='assessments.aspect')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('self_value', models.CharField(blank=True, max_length=20)),
                ('self_at', models.DateTimeField(null=True)),
                ('value', models.CharField(blank=True, max_length=20)),
                ('at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('picture', models.CharField(blank=True, max_length=64)),
                ('judged', models.BooleanField(default=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('self_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='assessments.assessment')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.indicator')),
            ],
        ),
        migrations.CreateModel(
            name='InstrumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('draft', 'ฉบับร่าง'), ('published', 'ประกาศใช้'), ('retired', 'เลิกใช้'), ('withdrawn', 'ทิ้งร่าง')], default='draft', max_length=10)),
                ('official', models.BooleanField(default=False)),
                ('title', models.CharField(max_length=200)),
                ('source', models.CharField(max_length=300)),
                ('bands', models.JSONField(default=list)),
                ('loaded_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='assessments.instrument')),
                ('loaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='assessment',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='assessments.instrumentversion'),
        ),
        migrations.AddField(
            model_name='aspect',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aspects', to='assessments.instrumentversion'),
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(max_length=4)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='assessments.assessment')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='assessments.indicator')),
            ],
        ),
        migrations.CreateModel(
            name='AspectScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('passed', models.PositiveSmallIntegerField()),
                ('judged', models.PositiveSmallIntegerField()),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('aspect', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.aspect')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aspect_scores', to='assessments.assessment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assessment', 'aspect'), name='one_score_per_aspect'), models.CheckConstraint(condition=models.Q(('passed__lte', models.F('judged'))), name='no_more_passed_than_judged')],
            },
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('aspect', 'code'), name='indicator_codes_are_unique_in_an_aspect'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='an_indicator_weighs_something'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('assessment', 'indicator'), name='one_answer_per_indicator'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.UniqueConstraint(fields=('instrument', 'number'), name='version_numbers_are_unique_in_an_instrument'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('instrument', 'fiscal_year'), name='one_published_version_a_year'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='a_published_version_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('dropped_at__isnull', True)), fields=('selected', 'version'), name='one_open_assessment_per_version'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True)), fields=('corrects',), name='corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='confirmed_is_never_dropped'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('judged__gte', 1), _connector='OR'), name='a_confirmed_assessment_judged_something'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrects_because', ''), _negated=True), _connector='OR'), name='a_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='aspect',
            constraint=models.UniqueConstraint(fields=('version', 'number'), name='aspect_numbers_are_unique_in_a_version'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('assessment', 'indicator'), name='one_verdict_per_indicator'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['pass', 'fail', 'na'])), name='verdict_is_pass_fail_or_na'),
        ),
    ]
