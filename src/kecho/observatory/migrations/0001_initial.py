import django.db.models.deletion
import kecho.observatory.fields
from django.db import migrations, models

from kecho.people.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('workbook', 'Workbook'), ('csv', 'Csv'), ('derived', 'Derived'), ('fictional', 'Fictional')], max_length=16)),
                ('title', models.CharField(max_length=300)),
                ('period_start', models.IntegerField(null=True)),
                ('period_end', models.IntegerField(null=True)),
                ('file_name', models.CharField(blank=True, default='', max_length=255)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('published_on', models.DateField()),
                ('published_basis', models.CharField(max_length=40)),
                ('imported_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True, default='')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='observatory.release')),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('breakdown', models.CharField(blank=True, default='', max_length=240)),
                ('breakdown_label', models.CharField(blank=True, default='', max_length=500)),
                ('locality', models.CharField(default='VN', max_length=24)),
                ('measure', models.CharField(max_length=16)),
                ('unit', models.CharField(max_length=80)),
                ('is_mapped', models.BooleanField(default=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='observatory.indicator')),
            ],
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('calendar', models.CharField(default='stat', max_length=8)),
                ('period_start', models.IntegerField()),
                ('period_end', models.IntegerField()),
                ('value', kecho.observatory.fields.ExactDecimalField(null=True)),
                ('missing', models.CharField(blank=True, default='', max_length=16)),
                ('stage', models.CharField(max_length=12)),
                ('decimals', models.SmallIntegerField(null=True)),
                ('sheet', models.CharField(blank=True, default='', max_length=100)),
                ('cell', models.CharField(blank=True, default='', max_length=16)),
                ('is_derived', models.BooleanField(default=False)),
                ('is_fictional', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True, default='')),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='observatory.release')),
                ('series', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='observatory.series')),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=60)),
                ('severity', models.CharField(max_length=12)),
                ('period_start', models.IntegerField(null=True)),
                ('period_end', models.IntegerField(null=True)),
                ('facts', models.JSONField(default=dict)),
                ('cells', models.JSONField(default=list)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='observatory.release')),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='observatory.series')),
            ],
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(fields=['published_on', 'id'], name='release_order'),
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(fields=['source', 'period_start', 'period_end'], name='release_reference'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('period_end__isnull', True), ('period_start__isnull', True)), ('period_end__gt', models.F('period_start')), _connector='OR'), name='release_period'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'workbook'), ('kind', 'csv'), ('kind', 'derived'), ('kind', 'fictional'), _connector='OR'), name='release_kind'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='release_correction_reason'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('indicator', 'locality', 'breakdown', 'measure'), name='series_key'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('measure', 'level'), ('measure', 'index_py'), ('measure', 'index_pp'), ('measure', 'index_dec'), ('measure', 'index_base'), ('measure', 'share'), ('measure', 'growth'), _connector='OR'), name='series_measure'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('locality', ''), _negated=True), name='series_locality'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['release'], name='observation_release'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(fields=('series', 'period_start', 'period_end', 'release', 'calendar'), name='observation_once_a_release'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('period_end__gt', models.F('period_start'))), name='observation_period'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing', ''), ('value__isnull', False)), models.Q(('value__isnull', True), models.Q(('missing', 'nil'), ('missing', 'not_collected'), ('missing', 'missing'), ('missing', 'not_applicable'), _connector='OR')), _connector='OR'), name='observation_value_or_reason'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'estimate'), ('stage', 'preliminary'), ('stage', 'official'), _connector='OR'), name='observation_stage'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('calendar', 'stat'), ('calendar', 'admin14'), _connector='OR'), name='observation_calendar'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('decimals__isnull', True), models.Q(('decimals__gte', -20), ('decimals__lte', 40)), _connector='OR'), name='observation_decimals'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['release', 'rule'], name='finding_release_rule'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('severity', 'error'), ('severity', 'warning'), ('severity', 'note'), _connector='OR'), name='finding_severity'),
        ),
        AppendOnly('observatory_release'),
        AppendOnly('observatory_observation'),
    ]
