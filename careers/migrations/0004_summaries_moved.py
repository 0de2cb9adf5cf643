from django.db import migrations


class Migration(migrations.Migration):
    """Apart from the step before: PostgreSQL alters no table whose rows were just written to."""

    dependencies = [("careers", "0003_summaries_to_profiles")]

    operations = [
        migrations.RemoveField(
            model_name='historicaloccupation',
            name='summary',
        ),
        migrations.RemoveField(
            model_name='occupation',
            name='summary',
        ),
    ]
