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
            name='Forum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='planned', max_length=10)),
                ('ended_on', models.DateField(null=True)),
                ('attendance_reason', models.CharField(blank=True, max_length=500)),
                ('attendance_day', models.DateField(null=True)),
                ('attendance_at', models.DateTimeField(null=True)),
                ('bookkeeping', models.CharField(blank=True, max_length=10)),
                ('bookkeeping_reason', models.CharField(blank=True, max_length=500)),
                ('planned_at', models.DateTimeField()),
                ('attendance_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.revision')),
                ('selected', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forums', to='programme.selectedgroup')),
            ],
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=150)),
                ('sex', models.CharField(choices=[('female', 'หญิง'), ('male', 'ชาย')], max_length=6)),
                ('office', models.CharField(max_length=100)),
                ('observer', models.BooleanField(default=False)),
                ('struck_at', models.DateTimeField(null=True)),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendees', to='forums.forum')),
            ],
        ),
        migrations.CreateModel(
            name='ForumMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('order_number', models.CharField(blank=True, max_length=60)),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='forums.forum')),
            ],
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('step', models.CharField(blank=True, max_length=4)),
                ('caption', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_because', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='forums.forum')),
            ],
        ),
        migrations.CreateModel(
            name='RunStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=4)),
                ('day', models.DateField(null=True)),
                ('starts', models.TimeField(null=True)),
                ('ends', models.TimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField()),
                ('counts', models.BooleanField(default=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='forums.forum')),
            ],
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField(null=True)),
                ('where', models.CharField(max_length=200)),
                ('standing', models.BooleanField(default=True)),
                ('host_names', models.CharField(blank=True, max_length=300)),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='forums.forum')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('selected',), name='one_standing_forum_per_selected_group'),
        ),
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('ended_on__isnull', False), _connector='OR'), name='a_held_forum_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('forum', 'sha256'), name='a_picture_once_per_forum'),
        ),
        migrations.AddConstraint(
            model_name='runstep',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('forum', 'key'), name='one_counting_row_per_step'),
        ),
    ]
