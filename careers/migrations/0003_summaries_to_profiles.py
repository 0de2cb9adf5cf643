from django.db import migrations


def summaries_to_profiles(apps, schema_editor):
    """What editors wrote becomes theirs in a profile, which no seed overwrites."""
    Occupation, Profile = apps.get_model("careers", "Occupation"), apps.get_model("careers", "Profile")
    Profile.objects.bulk_create(
        Profile(occupation=occupation, summary=occupation.summary, status="published", is_edited=True)
        for occupation in Occupation.objects.exclude(summary="")
    )


def profiles_to_summaries(apps, schema_editor):
    Profile = apps.get_model("careers", "Profile")
    for profile in Profile.objects.filter(is_edited=True).exclude(summary="").select_related("occupation"):
        profile.occupation.summary = profile.summary
        profile.occupation.save(update_fields=["summary"])


class Migration(migrations.Migration):

    dependencies = [("careers", "0002_profiles")]

    operations = [
        migrations.RunPython(summaries_to_profiles, profiles_to_summaries),
    ]
