import django.core.serializers.json
import django.utils.timezone
from django.db import migrations, models

from kecho.people.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("actor_name", models.CharField(max_length=200)),
                ("actor_role", models.CharField(max_length=40)),
                ("action", models.CharField(max_length=100)),
                ("target_type", models.CharField(blank=True, max_length=100)),
                ("target_id", models.CharField(blank=True, max_length=200)),
                ("target_label", models.CharField(blank=True, max_length=400)),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["target_type", "target_id"], name="people_audit_target"),
                    models.Index(fields=["at"], name="people_audit_at"),
                ],
            },
        ),
        AppendOnly("people_auditevent"),
    ]
