"""Makes towns.txt, where the demo's customers live, from GeoNames' postal code files.

Usage: python3 make_towns.py SOURCE_FOLDER

SOURCE_FOLDER holds postal_SE.csv.gz and those of the few neighbours below: country_code,
postal_code, place, ..., latitude, longitude. Python 3.9 or later, standard library only.
"""

import csv
import gzip
import sys
from collections import Counter, defaultdict
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

HOME = "Norrköping"
HOME_SHARE = 0.46
TOWNS_BY_SIZE = 118
NEAR_KM = 75
NEIGHBOURS = [("NO", "0150"), ("DK", "1050"), ("FI", "00100"), ("AX", "22100")]
# Places whose point in the source is that of somewhere else.
MISPLACED = {"Hässelby", "Johanneshov", "Tomteboda", "Motala"}


def rows_of(folder, country):
    with gzip.open(folder / f"postal_{country}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def km(a, b):
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def spread(codes, count):
    """`count` of the codes, evenly taken."""
    return [codes[at * len(codes) // count] for at in range(count)]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    codes, points = defaultdict(set), defaultdict(Counter)
    for row in rows_of(folder, "SE"):
        codes[row["place"]].add(row["postal_code"].replace(" ", ""))
        points[row["place"]][float(row["latitude"]), float(row["longitude"])] += 1
    point = {town: counts.most_common(1)[0][0] for town, counts in points.items()}
    by_size = sorted(codes, key=lambda town: (-len(codes[town]), town))
    chosen = set(by_size[:TOWNS_BY_SIZE])
    chosen |= {t for t in by_size if km(point[t], point[HOME]) < NEAR_KM and len(codes[t]) > 2}
    chosen -= MISPLACED

    # People come from far less often: a pull that halves at 30 km and falls with the square. The
    # three big cities are further away than most and have more who travel for a stage.
    pull = {t: len(codes[t]) / (1 + (km(point[t], point[HOME]) / 30) ** 2) for t in chosen}
    pull |= {town: pull[town] * 2.5 for town in chosen if len(codes[town]) > 500}
    away = sum(pull.values()) - pull[HOME]
    pull[HOME] = away * HOME_SHARE / (1 - HOME_SHARE)
    scale = 10_000 / sum(pull.values())
    lines = []
    for town in sorted(chosen, key=lambda town: (-pull[town], town)):
        wanted = 72 if town == HOME else max(2, min(24, len(codes[town]) // 8))
        kept = " ".join(spread(sorted(codes[town]), min(wanted, len(codes[town]))))
        lat, lon = (round(axis * 10_000) for axis in point[town])
        lines.append(f"{town};SE;{lat};{lon};{max(1, round(pull[town] * scale))};{kept}")
    for country, code in NEIGHBOURS:
        row = next(row for row in rows_of(folder, country) if row["postal_code"] == code)
        lat, lon = (round(float(row[axis]) * 10_000) for axis in ("latitude", "longitude"))
        lines.append(f"{row['place']};{country};{lat};{lon};20;{code}")
    target = Path(__file__).parent / "towns.txt"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} towns, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
