from django.db import migrations, models


class Migration(migrations.Migration):
    """The seed, whose table has changed too, fills the column."""

    dependencies = [("careers", "0006_schools")]

    operations = [
        migrations.AddField(
            model_name="educationattained",
            name="period",
            field=models.CharField(default="", help_text="When people were asked: 2022 to 2023.", max_length=20),
            preserve_default=False,
        ),
    ]
