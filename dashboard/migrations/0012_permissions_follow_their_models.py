"""Permissions of renamed models under their new codenames: groups and people keep what they were granted."""

from django.db import migrations

RENAMED = (
    ("scraping", "heldoffer", "quarantinedoffer", "quarantined offer"),
    ("dashboard", "firing", "alertevent", "alert event"),
    ("dashboard", "manners", "notificationpreferences", "notification preferences"),
)


def rename(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    for app, old, new, label in RENAMED:
        for action in ("add", "change", "delete", "view"):
            for permission in permissions.filter(codename=f"{action}_{old}", content_type__app_label=app):
                twin = permissions.filter(codename=f"{action}_{new}", content_type__app_label=app).first()
                if twin is None:
                    permission.codename, permission.name = f"{action}_{new}", f"Can {action} {label}"
                    permission.save()
                    continue
                for group in permission.group_set.all():
                    group.permissions.add(twin)
                for user in permission.user_set.all():
                    user.user_permissions.add(twin)
                permission.delete()


class Migration(migrations.Migration):

    dependencies = [
        ("dashboard", "0011_names_of_schedules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("scraping", "0003_standard_names"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
