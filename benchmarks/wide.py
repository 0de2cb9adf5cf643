"""The peer's database: the newest release as one wide SQLite table, as anyone would put it online.

    python -m benchmarks.wide SITE WIDE

One row an occupation and area, with their titles and every figure; indexes on both codes. A child
of run.py; run afterwards over the file: `datasette inspect`, so that the peer need not count rows.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

TABLE = """
CREATE TABLE wide.pay AS SELECT
    occupation.code AS occupation_code, occupation.title AS occupation, occupation.level AS level,
    area.code AS area_code, area.title AS area, area.primary_state AS state,
    CASE area.area_type WHEN 1 THEN 'nation' WHEN 2 THEN 'state' WHEN 3 THEN 'state'
        WHEN 4 THEN 'metro' ELSE 'nonmetro' END AS area_type,
    'May ' || release.year AS period,
    wage.employment, wage.employment_prse, wage.jobs_per_1000, wage.location_quotient, wage.mean_prse,
    wage.annual_mean, wage.annual_p10, wage.annual_p25, wage.annual_median, wage.annual_p75, wage.annual_p90,
    wage.hourly_mean_cents / 100.0 AS hourly_mean, wage.hourly_p10_cents / 100.0 AS hourly_p10,
    wage.hourly_p25_cents / 100.0 AS hourly_p25, wage.hourly_median_cents / 100.0 AS hourly_median,
    wage.hourly_p75_cents / 100.0 AS hourly_p75, wage.hourly_p90_cents / 100.0 AS hourly_p90,
    wage.top_coded, wage.annual_only, wage.hourly_only
FROM salaries_wage wage
JOIN salaries_release release ON release.id = wage.release_id
JOIN careers_occupation occupation ON occupation.id = wage.occupation_id
JOIN salaries_area area ON area.id = wage.area_id
WHERE release.id = (
    SELECT id FROM salaries_release WHERE status = 'published' ORDER BY year DESC LIMIT 1
)
ORDER BY occupation.code, area.area_type, area.title
"""


def main(site, wide):
    Path(wide).unlink(missing_ok=True)
    with closing(sqlite3.connect(f"file:{site}?mode=ro", uri=True)) as connection:
        connection.execute("ATTACH ? AS wide", [f"file:{wide}?mode=rwc"])
        connection.execute(TABLE)
        for column in ("occupation_code", "area_code"):
            connection.execute(f"CREATE INDEX wide.pay_{column} ON pay ({column})")
        connection.commit()
        connection.execute("ANALYZE wide")
        connection.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
