import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('groups', '0001_initial'),
        ('org', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgrammeYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ProvinceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confirmed_at', models.DateTimeField()),
                ('left_out', models.JSONField(default=list)),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='programme.programmeyear')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='programme.provincelist')),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('reference', models.CharField(max_length=100)),
                ('dated', models.DateField()),
                ('what_changed', models.CharField(max_length=500)),
                ('terms', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='programme.programmeyear')),
            ],
        ),
        migrations.AddField(
            model_name='provincelist',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.revision'),
        ),
        migrations.CreateModel(
            name='SelectedGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.PositiveSmallIntegerField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('until_because', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selections', to='groups.savingsgroup')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='programme.place')),
                ('until_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selected', to='programme.programmeyear')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.PositiveSmallIntegerField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='groups.savingsgroup')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='programme.programmeyear')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('year', 'group'), name='one_open_proposal_per_group_and_year')],
            },
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('list', 'number'), name='place_numbers_are_unique_in_a_list'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='revision_numbers_are_unique_in_a_year'),
        ),
        migrations.AddConstraint(
            model_name='provincelist',
            constraint=models.UniqueConstraint(fields=('year', 'province'), name='one_list_per_province_and_year'),
        ),
        migrations.AddConstraint(
            model_name='selectedgroup',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('place',), name='one_group_on_a_place_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='selectedgroup',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('year', 'group'), name='one_place_per_group_and_year'),
        ),
    ]
