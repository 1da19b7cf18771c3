import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('forums', '0001_initial'),
        ('org', '0001_initial'),
        ('programme', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DistrictReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField()),
                ('state', models.CharField(default='draft', max_length=10)),
                ('first_submitted_at', models.DateTimeField(null=True)),
                ('summary', models.TextField(blank=True)),
                ('problems', models.TextField(blank=True)),
                ('few_pictures_reason', models.CharField(blank=True, max_length=500)),
                ('forum', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report', to='forums.forum')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.revision')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='district_reports', to='programme.programmeyear')),
            ],
        ),
        migrations.CreateModel(
            name='ProvinceReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField()),
                ('state', models.CharField(default='draft', max_length=10)),
                ('summary', models.TextField(blank=True)),
                ('content', models.JSONField(default=dict)),
                ('bpm_at', models.DateTimeField(null=True)),
                ('bpm_person', models.CharField(blank=True, max_length=150)),
                ('bpm_reference', models.CharField(blank=True, max_length=100)),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.revision')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='province_reports', to='programme.programmeyear')),
            ],
        ),
        migrations.CreateModel(
            name='ProvinceReportMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('content', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='reports.provincereport')),
            ],
        ),
        migrations.CreateModel(
            name='ReportMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('content', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='reports.districtreport')),
            ],
        ),
        migrations.AddConstraint(
            model_name='districtreport',
            constraint=models.UniqueConstraint(condition=models.Q(('forum__isnull', True)), fields=('year', 'unit'), name='one_district_report_per_year_and_unit'),
        ),
        migrations.AddConstraint(
            model_name='districtreport',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('first_submitted_at__isnull', False), _connector='OR'), name='what_was_sent_has_its_first_time'),
        ),
        migrations.AddConstraint(
            model_name='provincereport',
            constraint=models.UniqueConstraint(fields=('year', 'province'), name='one_province_report_per_year'),
        ),
        migrations.AddConstraint(
            model_name='provincereport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'recorded'), _negated=True), ('bpm_at__isnull', False), _connector='OR'), name='a_recorded_report_has_its_entry'),
        ),
    ]
