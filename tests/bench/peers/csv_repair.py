"""Takes the malformed records that hold a quote or a NUL out of a CSV file.

What is left is RFC 4180 with LF line ends, but for unquoted lines of another width,
which the CSV reader of each job finds by itself.
"""

import re
from typing import NamedTuple

import numpy as np

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
    malformed = 0
    while (nul := data.find(b"\0")) >= 0:
        lines = data.split(b"\n")
        kept = [line for line in lines if b"\0" not in line]
        data, malformed = b"\n".join(kept), malformed + len(lines) - len(kept)
    return data, malformed


def without_odd_widths(data: bytes, width: int) -> tuple[bytes, int]:
    """Takes out blank lines and records of another width, for a reader that cannot tell; counts the latter."""
    text = np.frombuffer(data if data.endswith(b"\n") else data + b"\n", dtype=np.uint8)
    marks = np.flatnonzero((text == 44) | (text == 10))
    quotes = np.flatnonzero(text == 34)
    first, last = np.searchsorted(marks, quotes[0::2]), np.searchsorted(marks, quotes[1::2])
    inside = np.concatenate([np.arange(*span) for span in zip(first, last) if span[0] < span[1]] or [first[:0]])
    marks = np.delete(marks, inside)
    line = np.flatnonzero(text[marks] == 10)
    ends = marks[line]
    starts = np.concatenate([[0], ends[:-1] + 1])
    odd = np.flatnonzero(np.diff(line, prepend=-1) != width)
    kept, done = [], 0
    for start, end in zip(starts[odd].tolist(), ends[odd].tolist()):
        kept.append(data[done:start])
        done = end + 1
    return b"".join([*kept, data[done:]]), int((starts[odd] < ends[odd]).sum())
