"""Makes given_names.bin and postcodes.bin from the published sources that README.md credits.

Usage: python3 make_tables.py SOURCE_FOLDER [OUTPUT_FOLDER]

SOURCE_FOLDER holds
  given-names/given_names.csv.gz        country, name, sex (F or M), count (or empty), source
  geonames-postal/postal_XX.csv.gz      country_code, postal_code, place, ..., latitude, longitude

Python 3.9 or later, standard library only. The same sources give the same bytes.
README.md describes what is chosen and how the files are laid out.
"""

import csv
import gzip
import re
import struct
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

# A source that counts second names too, and so says nothing about first ones.
UNFIT_SOURCES = {"DVV any given name, Feb 2022"}
# Statistics Norway writes X for names it does not show.
PLACEHOLDERS = {("NO", "x")}
SEPARATOR = re.compile(r"[\s\u2010\u2011-]")
NOT_KNOWN, WOMAN, MAN, UNCLEAR = 0, 1, 2, 3
NAMES_PER_BLOCK = 64

POSTAL_COUNTRIES = ["AX", "DK", "FI", "FO", "GB", "GL", "IS", "NL", "NO", "SE", "SJ", "US"]
# GeoNames' joke entry for Santa Claus at the pole.
POSTAL_JOKES = {("GL", "2412")}
SOUTHERNMOST = -85
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SAME_POINT, NEW_POINT, MEAN = 0, 1, 2


def rows_of(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value):
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


# Given names


def folded(name):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())


def verdict_of_counts(women, men):
    if 20 * women >= 19 * (women + men):
        return WOMAN
    return MAN if 20 * men >= 19 * (women + men) else UNCLEAR


def verdict_of_list(sexes):
    return UNCLEAR if len(sexes) == 2 else WOMAN if "F" in sexes else MAN


def read_names(folder):
    """Bearers by country and name from the counted sources, sexes from the uncounted ones."""
    counted = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    listed = defaultdict(lambda: defaultdict(set))
    source_of_country = {}
    for row in rows_of(folder / "given-names" / "given_names.csv.gz"):
        country, name, source = row["country"], folded(row["name"]), row["source"]
        if source in UNFIT_SOURCES or SEPARATOR.search(name) or (country, name) in PLACEHOLDERS:
            continue
        if row["count"]:
            if source_of_country.setdefault(country, source) != source:
                sys.exit(f"{country} has two counted sources; counts are never added across sources")
            counted[country][name][row["sex"] == "M"] += int(row["count"])
        else:
            listed[country][name].add(row["sex"])
    return counted, listed


def verdicts(counted, listed):
    """For each name: a verdict for each country in order, and last the one over all countries."""
    countries = sorted(set(counted) | set(listed))
    names = {name for table in (counted, listed) for names in table.values() for name in names}
    found = {}
    for name in names:
        of_name, bearers, sexes = [], [0, 0], set()
        for country in countries:
            if name in counted[country]:
                women, men = counted[country][name]
                bearers = [bearers[0] + women, bearers[1] + men]
                of_name.append(verdict_of_counts(women, men))
            elif name in listed[country]:
                sexes |= listed[country][name]
                of_name.append(verdict_of_list(listed[country][name]))
            else:
                of_name.append(NOT_KNOWN)
        of_name.append(verdict_of_counts(*bearers) if sum(bearers) else verdict_of_list(sexes))
        found[name] = tuple(of_name)
    return countries, found


def compositions(names):
    """Pairs of base and combining mark for the precomposed letters that the names use."""
    for letter in sorted({letter for name in names for letter in name}):
        parts = unicodedata.decomposition(letter).split()
        if len(parts) == 2:
            yield chr(int(parts[0], 16)), chr(int(parts[1], 16)), letter


def front_coded(names, pattern_at, found):
    blocks, body, before = [], bytearray(), b""
    for at, name in enumerate(names):
        text = name.encode()
        if at % NAMES_PER_BLOCK == 0:
            blocks.append(len(body))
            before = b""
        shared = 0
        while shared < min(len(before), len(text), 15) and before[shared] == text[shared]:
            shared += 1
        rest = text[shared:]
        if len(rest) > 15:
            sys.exit(f"{name}: the layout has room for 15 bytes behind the shared ones")
        body += bytes([shared << 4 | len(rest)]) + rest + varint(pattern_at[found[name]])
        before = text
    return blocks, bytes(body)


def given_names(folder):
    countries, found = verdicts(*read_names(folder))
    names = sorted(found, key=str.encode)
    by_use = Counter(found.values())
    patterns = sorted(by_use, key=lambda pattern: (-by_use[pattern], pattern))
    pattern_at = {pattern: at for at, pattern in enumerate(patterns)}
    blocks, body = front_coded(names, pattern_at, found)
    pairs = list(compositions(names))
    out = bytearray(b"PGN1")
    out += struct.pack("<BBHHI", len(countries), len(pairs), len(patterns), len(blocks), len(names))
    out += "".join(countries).encode()
    for pair in pairs:
        out += struct.pack("<HHH", *map(ord, pair))
    for pattern in patterns:
        out += struct.pack("<I", sum(verdict << 2 * at for at, verdict in enumerate(pattern)))
    for block in blocks:
        out += struct.pack("<I", block)
    return bytes(out) + body


# Postcodes


def code_number(code, width):
    if width:
        return int(code)
    number = 0
    for letter in code:
        number = number * 37 + ALPHANUMERIC.index(letter) + 1
    return number


def ten_thousandths(text):
    whole, _, fraction = text.partition(".")
    if len(fraction) > 4:
        sys.exit(f"{text}: the layout keeps four decimals")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 10_000 + int(fraction.ljust(4, "0")))


def read_points(folder, country):
    points = defaultdict(list)
    for row in rows_of(folder / "geonames-postal" / f"postal_{country}.csv.gz"):
        code = re.sub(r"[\s\u2010\u2011-]", "", row["postal_code"]).upper()
        place = row["latitude"], row["longitude"]
        if float(place[0]) >= SOUTHERNMOST and (country, code) not in POSTAL_JOKES:
            points[code].append(place)
    return points


def plain_mean(places):
    """Added up in doubles row by row, as the program adds up the rows of a folder's own file.

    `sum` would not do: since Python 3.12 it compensates.
    """
    mean = [0.0, 0.0]
    for place in places:
        mean = [so_far + float(axis) for so_far, axis in zip(mean, place)]
    return [total / len(places) for total in mean]


def country_table(country, points):
    lengths = {len(code) for code in points}
    numeric = len(lengths) == 1 and all(code.isascii() and code.isdigit() for code in points)
    width = lengths.pop() if numeric else 0
    out = bytearray(country.encode() + struct.pack("<BI", width, len(points)))
    code_before, point_before = 0, (0, 0)
    for number, code in sorted((code_number(code, width), code) for code in points):
        places, step = points[code], number - code_before
        code_before = number
        if len(places) > 1:
            out += varint(step << 2 | MEAN) + struct.pack("<dd", *plain_mean(places))
            continue
        point = tuple(ten_thousandths(axis) for axis in places[0])
        if point == point_before:
            out += varint(step << 2 | SAME_POINT)
            continue
        out += varint(step << 2 | NEW_POINT)
        out += b"".join(zigzag(now - then) for now, then in zip(point, point_before))
        point_before = point
    return bytes(out)


def postcodes(folder):
    out = b"PPC1" + bytes([len(POSTAL_COUNTRIES)])
    return out + b"".join(
        country_table(country, read_points(folder, country)) for country in POSTAL_COUNTRIES
    )


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parent
    for name, made in (("given_names.bin", given_names(source)), ("postcodes.bin", postcodes(source))):
        (target / name).write_bytes(made)
        print(f"{name}: {len(made)} bytes")


if __name__ == "__main__":
    main()
