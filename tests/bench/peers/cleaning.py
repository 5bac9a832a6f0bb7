"""The rules of customer-360 that are applied to distinct values, one at a time."""

import csv
import datetime
import io
import re

from csv_repair import JS_WHITE, repair

WHITE = re.compile(f"[{JS_WHITE}]+")
WORD = re.compile("(^|[ \\-'’])([^ \\-'’])")
YEAR_FIRST = re.compile(r"([0-9]{4})([-/])([0-9]{2})\2([0-9]{2})")
DAY_FIRST = re.compile(r"([0-9]{2})([-/])([0-9]{2})\2([0-9]{4})")
COORDINATE = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
EPOCH = datetime.date(1970, 1, 1).toordinal()
NO_DATE, BAD_DATE = -10_000_000, -10_000_001
LARGEST_ID = 9_007_199_254_740_991

# zod 4's z.email(), which has no look-around.
EMAIL = r"^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$"
PHONE = r"^0[0-9]{10}$"
POSTCODE = (
    r"^(?:GIR0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9]|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])"
    r"[0-9][ABD-HJLNP-UW-Z]{2})$"
)


def name(text: str) -> str | None:
    """Title case by word; None where nothing is left."""
    words = company(text)
    return words and WORD.sub(lambda found: found[1] + found[2].upper(), words.lower())


def company(text: str) -> str | None:
    return WHITE.sub(" ", text.strip(JS_WHITE)) or None


def choice(text: str) -> str | None:
    return text.strip(JS_WHITE).lower() or None


def date(text: str | None) -> int:
    """Days since 1970-01-01, or NO_DATE or BAD_DATE."""
    text = (text or "").strip(JS_WHITE)
    if not text:
        return NO_DATE
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
    elif found := DAY_FIRST.fullmatch(text):
        year, month, day = found[4], found[3], found[1]
    else:
        return BAD_DATE
    try:
        return datetime.date(int(year), int(month), int(day)).toordinal() - EPOCH
    except ValueError:
        return BAD_DATE


def coordinate(text: str, limit: int) -> tuple[float | None, bool]:
    """The coordinate and whether it is wrong."""
    text = text.strip(JS_WHITE)
    if not text:
        return None, False
    if not COORDINATE.fullmatch(text) or abs(float(text)) > limit:
        return None, True
    return float(text) + 0.0, False


def records(path: str, key: str) -> tuple[list[dict], int]:
    """The good records of a small CSV file, cells trimmed, and the number of malformed ones."""
    columns, data, malformed = repair(path, key)
    rows = [row for row in csv.reader(io.StringIO(data.decode(), newline="")) if row]
    good = [row for row in rows if len(row) == len(columns)]
    cells = [{name: cell.strip(JS_WHITE) for name, cell in zip(columns, row, strict=True)} for row in good]
    return cells, malformed + len(rows) - len(good)


def settled(rows: list[tuple], rules: dict, malformed: int, duplicate: str) -> tuple[dict, dict]:
    """Last good row of a key, with the counts; a row is key (None where refused) and values."""
    last = {row[0]: row for row in rows if row[0] is not None}
    good = sum(row[0] is not None for row in rows)
    rules |= {"record.malformed": malformed, duplicate: good - len(last)}
    read = len(rows) + malformed
    counts = {"read": read, "accepted": len(last), "rejected": read - len(last), "warned": 0}
    return last, {"rows": counts, "rules": rules}


def postcodes(path: str) -> tuple[dict, dict]:
    """outcode -> (outcode, region, country, district, latitude, longitude)."""
    cells, malformed = records(path, "outcode")
    rules = {"outcode.missing": 0, "latitude.invalid": 0, "longitude.invalid": 0}
    rows = []
    for cell in cells:
        outcode = cell["outcode"].upper()
        latitude, bad_latitude = coordinate(cell["latitude"], 90)
        longitude, bad_longitude = coordinate(cell["longitude"], 180)
        rules["outcode.missing"] += not outcode
        rules["latitude.invalid"] += bad_latitude
        rules["longitude.invalid"] += bad_longitude
        refused = not outcode or bad_latitude or bad_longitude
        texts = (cell[name] or "Unknown" for name in ("region", "country", "district"))
        rows.append((None if refused else outcode, *texts, latitude, longitude))
    return settled(rows, rules, malformed, "outcode.duplicate")


def companies(path: str) -> tuple[dict, dict]:
    """domain -> (domain, company_size, industry, annual_revenue)."""
    cells, malformed = records(path, "domain")
    rows = []
    for cell in cells:
        texts = (cell[name] or "Unknown" for name in ("company_size", "industry", "annual_revenue"))
        rows.append((cell["domain"].lower() or None, *texts))
    rules = {"domain.missing": sum(row[0] is None for row in rows)}
    return settled(rows, rules, malformed, "domain.duplicate")
