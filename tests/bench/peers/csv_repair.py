"""Takes the malformed records that hold a quote or a NUL out of a CSV file.

What is left is RFC 4180 with LF line ends, but for unquoted lines of another width,
which the CSV reader of each job finds by itself.
"""

import re
from typing import NamedTuple

JS_WHITE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
FIELD = rb'(?:"(?:[^"\0]++|"")*+"|[^",\n\0]*+)'
END = rb"(?=\n|\Z)"


class Repaired(NamedTuple):
    """Column names, the data lines, and how many malformed records were taken out."""

    columns: list[str]
    data: bytes
    malformed: int


def repair(path: str, key: str) -> Repaired:
    """Reads a CSV file; `key` is the column of numbers that tells a whole record."""
    with open(path, "rb") as file:
        text = file.read().removeprefix(b"\xef\xbb\xbf")
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
    head, _, data = text.partition(b"\n")
    columns = [name.strip(JS_WHITE) for name in head.decode().split(",")]
    data, quotes = without_stray_quotes(data, columns, key)
    data, nuls = without_nuls(data)
    return Repaired(columns, data, quotes + nuls)


def without_stray_quotes(data: bytes, columns: list[str], key: str) -> tuple[bytes, int]:
    """A record with a quote stays as it is, or else its first line goes."""
    record = re.compile(b",".join([FIELD] * len(columns)) + END)
    is_whole = whole_record(columns, key)
    kept, done, at, malformed = [], 0, 0, 0
    quote = data.find(b'"')
    while quote >= 0:
        start = data.rfind(b"\n", at, quote) + 1 or at
        found = record.match(data, start)
        if found and not any(map(is_whole, found[0].split(b"\n")[1:])):
            at = found.end()
        else:
            end = data.find(b"\n", start)
            at = len(data) if end < 0 else end
            kept.append(data[done:start])
            done = at + 1
            malformed += 1
        quote = data.find(b'"', at)
    return b"".join([*kept, data[done:]]), malformed


def whole_record(columns: list[str], key: str):
    """Tells whether a line inside a quoted field is by itself a record with a number as its key."""
    at = columns.index(key)
    fields = [FIELD] * len(columns)
    fields[at] = rb'"?(?:\s|\xc2\xa0)*+([0-9]++)(?:\s|\xc2\xa0)*+"?'
    pattern = re.compile(b",".join(fields))

    def is_whole(line: bytes) -> bool:
        match = pattern.fullmatch(line)
        return match is not None and int(match[1]) > 0

    return is_whole


def without_nuls(data: bytes) -> tuple[bytes, int]:
    """No quoted record holds a NUL any more, so a line that does is a record."""
    kept, done = [], 0
    nul = data.find(b"\0")
    while nul >= 0:
        kept.append(data[done : data.rfind(b"\n", done, nul) + 1 or done])
        end = data.find(b"\n", nul)
        done = len(data) if end < 0 else end + 1
        nul = data.find(b"\0", done)
    return b"".join([*kept, data[done:]]), len(kept)
