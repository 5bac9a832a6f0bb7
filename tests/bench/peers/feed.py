"""The careful reading of the orders that are not written in one of the two usual forms."""

import json
import re
import sys
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


def refuse(constant: str):
    raise ValueError(constant)


# Numbers by their exact value, whatever their notation and length.
DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=refuse)
sys.set_int_max_str_digits(0)


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
        value = int(text) if DIGITS.fullmatch(text) else 0
    elif type(value) is Decimal:
        value = int(value) if 1 <= value <= LARGEST_ID and value == value.to_integral_value() else 0
    elif type(value) is not int:
        return 0, MISSING if value is None else INVALID
    return (value, OK) if 1 <= value <= LARGEST_ID else (0, INVALID)


def money(value) -> tuple[int, int]:
    if type(value) is str:
        text = value.strip(JS_WHITE)
        if not text:
            return 0, MISSING
        if not TEXT_AMOUNT.fullmatch(text):
            return 0, INVALID
        value = Decimal(text)
    if type(value) is Decimal:
        if value > LARGEST_AMOUNT or value.normalize(EXACT).as_tuple().exponent < -2:
            return 0, INVALID
        pence = int(value.scaleb(2, EXACT)) if value > -LARGEST_AMOUNT else -1
    elif type(value) is int:
        pence = value * 100
        if value > LARGEST_AMOUNT:
            return 0, INVALID
    else:
        return 0, MISSING if value is None else INVALID
    return (0, NEGATIVE) if pence < 0 else (pence, OK)
