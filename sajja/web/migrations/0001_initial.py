from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_key', models.CharField(max_length=80)),
                ('route', models.CharField(max_length=120)),
                ('uuid', models.UUIDField()),
                ('content_hash', models.CharField(max_length=64)),
                ('location', models.CharField(blank=True, max_length=400)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person_key', 'route', 'uuid'), name='one_receipt_per_act')],
            },
        ),
    ]
