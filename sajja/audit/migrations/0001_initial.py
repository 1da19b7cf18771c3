from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('entered_at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('by_name', models.CharField(max_length=200)),
                ('act', models.CharField(max_length=80)),
                ('about', models.CharField(max_length=80)),
                ('about_name', models.CharField(max_length=300)),
                ('unit_path', models.CharField(max_length=40)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['about'], name='audit_about'), models.Index(fields=['unit_path', 'at'], name='audit_unit_at')],
            },
        ),
    ]
