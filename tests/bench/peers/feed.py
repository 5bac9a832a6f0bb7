"""The careful reading of the orders that are not written in one of the two usual forms."""

import json
import re
from decimal import Context, Decimal

from csv_repair import JS_WHITE

OK, MISSING, INVALID, NEGATIVE = 0, 1, 2, 3
LARGEST_ID = 9_007_199_254_740_991
LARGEST_AMOUNT = Decimal("9999999999.99")

ID = r"[1-9][0-9]{0,14}"
AMOUNT = r"(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,2})?"
DATE = r"[0-9/-]{10}"
# The two forms that nearly every line has; group names are those of the columns.
PLAIN = rf'^\{{"order_id":(?P<order>{ID}),"customer_id":(?P<customer>{ID}),"amount":(?P<amount>{AMOUNT}),"date":"(?P<date>{DATE})"\}}$'
LEGACY = rf'^\{{"order_id":"(?P<order>{ID})","cust_id":"(?P<customer>{ID})","total":"(?P<amount>{AMOUNT})","order_date":"(?P<date>{DATE})"\}}$'

COLUMNS = ("order", "order_fault", "customer", "customer_fault", "pence", "amount_fault", "date", "date_fault", "malformed")
TEXT_AMOUNT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]{1,2})?")
DIGITS = re.compile(r"[0-9]+")
EXACT = Context(prec=4000)
NO_RECORD = (0, OK, 0, OK, 0, OK, None, OK, True)


class Number(Decimal):
    """A JSON number by its exact value, whatever its notation."""


def refuse(constant: str):
    raise ValueError(constant)


DECODER = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=refuse)


def read_line(line: str) -> tuple | None:
    """The columns of one line; None for a blank one, which is no record."""
    if not line.strip(JS_WHITE):
        return None
    try:
        order = DECODER.decode(line)
        if "\\u" in line:
            refuse_lone_surrogates(order)
    except (ValueError, RecursionError):
        return NO_RECORD
    if not isinstance(order, dict):
        return NO_RECORD
    date = either(order, "date", "order_date")
    date_fault = MISSING if date is None else OK if type(date) is str else INVALID
    return (
        *identity(order.get("order_id")),
        *identity(either(order, "customer_id", "cust_id")),
        *money(either(order, "amount", "total")),
        date if date_fault == OK else None,
        date_fault,
        False,
    )


def refuse_lone_surrogates(value) -> None:
    """Raises UnicodeEncodeError, which is a ValueError, where a text holds one."""
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict):
        refuse_lone_surrogates(list(value))
        refuse_lone_surrogates(list(value.values()))
    elif isinstance(value, list):
        for member in value:
            refuse_lone_surrogates(member)


def either(order: dict, first: str, second: str):
    value = order.get(first)
    return order.get(second) if value is None else value


def identity(value) -> tuple[int, int]:
    if type(value) is str:
        text = value.strip(JS_WHITE)
        if not text:
            return 0, MISSING
        number = int(text.lstrip("0") or 0) if DIGITS.fullmatch(text) and len(text.lstrip("0")) < 17 else 0
    elif type(value) is Number:
        whole = value <= LARGEST_ID and value >= 1 and value == value.to_integral_value()
        number = int(value) if whole else 0
    else:
        return 0, MISSING if value is None else INVALID
    return (number, OK) if 1 <= number <= LARGEST_ID else (0, INVALID)


def money(value) -> tuple[int, int]:
    if type(value) is str:
        text = value.strip(JS_WHITE)
        if not text:
            return 0, MISSING
        if not TEXT_AMOUNT.fullmatch(text):
            return 0, INVALID
        value = Decimal(text)
    elif type(value) is not Number:
        return 0, MISSING if value is None else INVALID
    if value > LARGEST_AMOUNT or value.normalize(EXACT).as_tuple().exponent < -2:
        return 0, INVALID
    return (0, NEGATIVE) if value < 0 else (int(value.scaleb(2, EXACT)), OK)
