"""customer-360 in pandas on Arrow strings: distinct names and dates cleaned once, ADBC to SQLite."""

import datetime
from collections.abc import Callable

import cleaning
import feed
import job
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from csv_repair import JS_WHITE, repair

Flags = dict[str, np.ndarray]
NEVER = 10_000_000


def main() -> None:
    phases = job.Phases()
    given = job.arguments()
    crm, crm_counts = read_crm(given.crm)
    ids = crm["customer_id"]
    spend, order_counts = read_orders(given.orders, ids)
    contact, support_counts = read_support(given.support, ids)
    places, postcode_counts = cleaning.postcodes(given.postcodes)
    firms, company_counts = cleaning.companies(given.companies)
    as_of = datetime.date.fromisoformat(given.as_of).toordinal() - cleaning.EPOCH
    customers = crm.sort_values("customer_id").set_index("customer_id", drop=False)
    rows = enrich(customers.join([spend, contact]), places, firms, as_of)
    phases.end("engine")
    job.write(rows, given.out)
    phases.end("sqlite")
    counts = {"crm": crm_counts, "orders": order_counts, "support": support_counts}
    job.report(counts | {"postcodes": postcode_counts, "companies": company_counts}, phases)


def read_csv(path: str, key: str) -> tuple[pd.DataFrame, int]:
    columns, data, malformed = repair(path, key)
    odd = []

    def note(row) -> str:
        odd.append(row.actual_columns)
        return "skip"

    table = pyarrow.csv.read_csv(
        pa.BufferReader(data),
        pyarrow.csv.ReadOptions(column_names=columns),
        pyarrow.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=note),
        pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.large_string())),
    )
    return table.to_pandas(types_mapper=pd.ArrowDtype), malformed + len(odd)


def per_distinct(texts: pd.Series, clean: Callable) -> pd.Series:
    codes, distinct = pd.factorize(texts, use_na_sentinel=False)
    cleaned = [clean(None if text is pd.NA else text) for text in distinct]
    if cleaned and isinstance(cleaned[0], int):
        return pd.Series(np.array(cleaned, dtype=np.int32)[codes])
    values = pa.array(cleaned, pa.large_string())
    return pd.Series(pd.arrays.ArrowExtensionArray(values.take(pa.array(codes))))


def arrow(texts: pd.Series) -> pa.ChunkedArray:
    return texts.array.__arrow_array__()


def cased(texts: pd.Series, fast: Callable, exact: Callable) -> pd.Series:
    """ASCII as it is quick, anything else text by text, as JavaScript does it."""
    other = ~flags(pc.string_is_ascii(arrow(texts)))
    changed = pd.Series(pd.arrays.ArrowExtensionArray(fast(arrow(texts))))
    if other.any():
        changed[other] = [exact(text) for text in texts[other]]
    return changed


def flags(values) -> np.ndarray:
    """Nulls are false."""
    if isinstance(values, pd.Series):
        return values.fillna(False).to_numpy(dtype=bool)
    return pc.fill_null(values, False).to_numpy()


def number(text: pd.Series) -> np.ndarray:
    """Ids of trimmed texts; 0 where there is none or it is not valid."""
    digits = text.where(text.str.contains("^[0-9]+$")).str.lstrip("0")
    value = digits.where(digits.str.len().between(1, 16)).astype("int64[pyarrow]").fillna(0).to_numpy(dtype=np.int64)
    return np.where(value <= cleaning.LARGEST_ID, value, 0)


def settle(rejects: Flags, warns: Flags, malformed: int) -> tuple[np.ndarray, dict]:
    accepted = ~np.logical_or.reduce(list(rejects.values()))
    warned = accepted & np.logical_or.reduce(list(warns.values()))
    read, kept = len(accepted) + malformed, int(accepted.sum())
    rows = {"read": read, "accepted": kept, "rejected": read - kept, "warned": int(warned.sum())}
    rules = {rule: int(broken.sum()) for rule, broken in (rejects | warns).items()}
    return accepted, {"rows": rows, "rules": rules | {"record.malformed": malformed}}


def last_only(key: np.ndarray) -> np.ndarray:
    """True for the earlier records of a key."""
    return (key > 0) & pd.Series(key).duplicated(keep="last").to_numpy()


def orphan(customer: np.ndarray, ids: pd.Series) -> np.ndarray:
    return (customer > 0) & ~pd.Series(customer).isin(ids).to_numpy()


def read_crm(path: str) -> tuple[pd.DataFrame, dict]:
    raw, malformed = read_csv(path, "customer_id")
    trimmed = {name: raw[name].str.strip(JS_WHITE) for name in ("customer_id", "email", "phone", "postcode")}
    customer_id = number(trimmed["customer_id"])
    first, last = per_distinct(raw["first_name"], cleaning.name), per_distinct(raw["last_name"], cleaning.name)
    email = cased(trimmed["email"], pc.ascii_lower, str.lower)
    phone = trimmed["phone"]
    normal = phone.str.replace(rf"[{JS_WHITE}\-.()]", "", regex=True).str.replace(r"^(?:\+44|0044)0?", "0", regex=True)
    packed = cased(trimmed["postcode"], pc.ascii_upper, str.upper).str.replace(f"[{JS_WHITE}]", "", regex=True)
    registered = per_distinct(raw["registration_date"], cleaning.date).to_numpy()
    status = per_distinct(raw["status"], cleaning.choice)
    email_valid, phone_valid = flags(email.str.contains(cleaning.EMAIL)), flags(normal.str.contains(cleaning.PHONE))
    postcode_valid, status_known = flags(packed.str.contains(cleaning.POSTCODE)), flags(status.isin(["active", "inactive", "suspended"]))
    no_id, no_email, no_phone, no_postcode = (flags(text == "") for text in trimmed.values())
    rejects = {
        "customer_id.missing": no_id,
        "customer_id.invalid": (customer_id == 0) & ~no_id,
        "customer_id.duplicate": last_only(customer_id),
    }
    warns = {
        "first_name.missing": flags(first.isna()), "last_name.missing": flags(last.isna()),
        "email.missing": no_email, "email.invalid": ~email_valid & ~no_email,
        "phone.missing": no_phone, "phone.invalid": ~phone_valid & ~no_phone,
        "postcode.missing": no_postcode, "postcode.invalid": ~postcode_valid & ~no_postcode,
        "registration_date.missing": registered == cleaning.NO_DATE, "registration_date.invalid": registered == cleaning.BAD_DATE,
        "status.missing": flags(status.isna()), "status.unexpected": ~status_known & ~flags(status.isna()),
    }
    accepted, counts = settle(rejects, warns, malformed)
    packed = packed.where(postcode_valid)
    outcode = packed.str.slice(stop=-3)
    columns = {
        "customer_id": customer_id, "first_name": first.fillna("Unknown"), "last_name": last.fillna("Unknown"),
        "email": email.where(~no_email), "email_valid": email_valid,
        "phone": phone.where(~no_phone).where(~phone_valid, normal), "phone_valid": phone_valid,
        "outcode": outcode, "postcode": outcode + " " + packed.str.slice(start=-3),
        "company": per_distinct(raw["company"], cleaning.company), "registered": registered,
        "status": status.where(status_known, "unknown"),
    }
    return pd.DataFrame(columns)[accepted], counts


def lines_of(path: str) -> pd.Series:
    with open(path, "rb") as file:
        data = file.read().removeprefix(b"\xef\xbb\xbf")
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    text = pa.LargeStringArray.from_buffers(1, offsets, pa.py_buffer(data))
    return pd.Series(pd.arrays.ArrowExtensionArray(pc.split_pattern(text, "\n").flatten()))


def read_orders(path: str, ids: pd.Series) -> tuple[pd.DataFrame, dict]:
    lines = lines_of(path)
    columns = {name: np.zeros(len(lines), dtype=np.int64) for name in feed.COLUMNS}
    columns["date"].fill(cleaning.BAD_DATE)
    rest = lines
    for form in (feed.PLAIN, feed.LEGACY):
        found = rest.str.extract(form)
        usual = flags(found["order"].notna())
        found, at = found[usual], rest.index[usual]
        rest = rest[~usual]
        columns["order"][at] = found["order"].astype("int64[pyarrow]")
        columns["customer"][at] = found["customer"].astype("int64[pyarrow]")
        columns["pence"][at] = np.rint(found["amount"].astype("float64[pyarrow]").to_numpy() * 100)
        columns["date"][at] = per_distinct(found["date"], cleaning.date)
    read = {at: order for at, line in rest.items() if (order := feed.read_line(line))}
    at, odd = list(read), dict(zip(feed.COLUMNS, zip(*read.values())))
    for name, values in odd.items():
        columns[name][at] = [cleaning.date(text) for text in values] if name == "date" else values
    is_record = np.ones(len(lines), dtype=bool)
    is_record[rest.index.difference(at)] = False
    malformed = columns["malformed"] == 1
    orders = pd.DataFrame(columns)[is_record & ~malformed]
    return settle_orders(orders, ids, int(malformed.sum()))


def settle_orders(orders: pd.DataFrame, ids: pd.Series, malformed: int) -> tuple[pd.DataFrame, dict]:
    order, customer, date = (orders[name].to_numpy() for name in ("order", "customer", "date"))
    faults = {name: orders[f"{name}_fault"].to_numpy() for name in ("order", "customer", "amount", "date")}
    missing, invalid = ({name: fault == kind for name, fault in faults.items()} for kind in (feed.MISSING, feed.INVALID))
    rejects = {
        "order_id.missing": missing["order"], "order_id.invalid": invalid["order"], "order_id.duplicate": last_only(order),
        "customer_id.missing": missing["customer"], "customer_id.invalid": invalid["customer"], "customer_id.orphan": orphan(customer, ids),
        "amount.missing": missing["amount"], "amount.invalid": invalid["amount"], "amount.negative": faults["amount"] == feed.NEGATIVE,
    }
    no_date = ~invalid["date"] & (date == cleaning.NO_DATE)
    warns = {"date.missing": no_date, "date.invalid": ~no_date & (date <= cleaning.NO_DATE)}
    accepted, counts = settle(rejects, warns, malformed)
    known = date > cleaning.NO_DATE
    kept = pd.DataFrame({
        "customer_id": customer, "pence": orders["pence"].to_numpy(),
        "first": np.where(known, date, NEVER), "last": np.where(known, date, -NEVER),
    })[accepted]
    groups = kept.groupby("customer_id", sort=False)
    return groups.agg(orders_count=("pence", "size"), pence=("pence", "sum"), first_order=("first", "min"), last_order=("last", "max")), counts


def read_support(path: str, ids: pd.Series) -> tuple[pd.DataFrame, dict]:
    raw, malformed = read_csv(path, "ticket_id")
    keys = {name: raw[name].str.strip(JS_WHITE) for name in ("ticket_id", "customer_ref")}
    ticket, customer = (number(text) for text in keys.values())
    no_ticket, no_customer = (flags(text == "") for text in keys.values())
    issue, priority = per_distinct(raw["issue_type"], cleaning.choice), per_distinct(raw["priority"], cleaning.choice)
    date = per_distinct(raw["created_date"], cleaning.date).to_numpy()
    rejects = {
        "ticket_id.missing": no_ticket, "ticket_id.invalid": (ticket == 0) & ~no_ticket, "ticket_id.duplicate": last_only(ticket),
        "customer_ref.missing": no_customer, "customer_ref.invalid": (customer == 0) & ~no_customer, "customer_ref.orphan": orphan(customer, ids),
    }
    warns = {
        "issue_type.missing": flags(issue.isna()), "issue_type.unexpected": flags(issue.notna() & ~issue.isin(["billing", "technical", "general"])),
        "priority.missing": flags(priority.isna()), "priority.unexpected": flags(priority.notna() & ~priority.isin(["high", "medium", "low"])),
        "created_date.missing": date == cleaning.NO_DATE, "created_date.invalid": date == cleaning.BAD_DATE,
    }
    accepted, counts = settle(rejects, warns, malformed)
    last = np.where(date > cleaning.NO_DATE, date, -NEVER)
    kept = pd.DataFrame({"customer_id": customer, "high": flags(priority == "high"), "last": last})[accepted]
    groups = kept.groupby("customer_id", sort=False)
    return groups.agg(tickets_count=("last", "size"), high_priority_tickets=("high", "sum"), last_contact=("last", "max")), counts


def iso(days: np.ndarray) -> pa.Array:
    """Dates of day numbers; those beyond reason are null."""
    unknown = np.abs(days) >= NEVER
    return pa.array(np.where(unknown, 0, days).astype(np.int32), pa.date32(), mask=unknown).cast(pa.string())


def picked(labels: list[str], codes: np.ndarray) -> pa.Array:
    return pa.array(labels).take(pa.array(codes))


def enrich(rows: pd.DataFrame, places: dict, firms: dict, as_of: int) -> pa.Table:
    def whole(name: str, otherwise: int = 0) -> np.ndarray:
        return rows[name].fillna(otherwise).to_numpy(dtype=np.int64)

    place = [pa.array(values) for values in zip(*places.values())]
    firm = [pa.array(values) for values in zip(*firms.values())]
    at = pc.index_in(arrow(rows["outcode"]), place[0].cast(pa.large_string()), skip_nulls=True)
    geo, business = flags(pc.is_valid(at)), flags(rows["company"].notna())
    email = rows["email"].where(business & flags(rows["email"].str.contains("@", regex=False)))
    domain = pc.replace_substring_regex(arrow(email), "(?s)^.*@", "")
    firm_at = pc.index_in(domain, firm[0].cast(pa.large_string()), skip_nulls=True)
    region, country, district = (pc.fill_null(values.take(at), "Unknown") for values in place[1:4])
    size, industry, revenue = (
        pc.if_else(pa.array(business), pc.fill_null(values.take(firm_at), "Unknown"), private)
        for values, private in zip(firm[1:], ("Individual", "Personal", "N/A"))
    )
    small = business & flags(pc.equal(size, "Micro (1-10 employees)"))
    factors = {
        "High-risk region": (flags(pc.is_in(region, pa.array(["London", "West Midlands"]))), 2),
        "Small business": (small, 1),
        "Large company (low risk)": (business & ~small & flags(pc.equal(revenue, "£10M+")), -1),
        "Account suspended": (flags(rows["status"] == "suspended"), 3),
        "Incomplete geographic data": (~geo, 1),
    }
    score = sum(holds * np.int64(points) for holds, points in factors.values())
    met = sum(holds.astype(np.int64) << bit for bit, (holds, _) in enumerate(factors.values()))
    texts = ["; ".join(name for bit, name in enumerate(factors) if mask >> bit & 1) or "Standard profile" for mask in range(32)]
    total, count, last_contact = whole("pence"), whole("orders_count"), whole("last_contact", -NEVER)
    average = (2 * total + count) // np.maximum(2 * count, 1)
    quality = sum((flags(rows[name] != "Unknown") for name in ("first_name", "last_name")), rows["email_valid"].to_numpy() * 1)
    columns = {
        **{name: rows[name].array for name in ("customer_id", "first_name", "last_name", "email", "phone", "postcode", "company", "status")},
        "email_valid": whole("email_valid"), "phone_valid": whole("phone_valid"), "is_business": business * 1,
        "registration_date": iso(whole("registered")), "orders_count": count, "total_spent": total / 100,
        "average_order": pa.array(average / 100, mask=count == 0),
        "first_order_date": iso(whole("first_order", NEVER)), "last_order_date": iso(whole("last_order", -NEVER)),
        "tickets_count": whole("tickets_count"), "high_priority_tickets": whole("high_priority_tickets"),
        "last_contact_date": iso(last_contact), "days_since_last_contact": pa.array(as_of - last_contact, mask=last_contact == -NEVER),
        "region": region, "country": country, "district": district, "latitude": place[4].take(at), "longitude": place[5].take(at),
        "geo_enriched": geo * 1, "company_size": size, "industry": industry, "annual_revenue": revenue,
        "risk_score": score, "calculated_risk": picked(["Low", "Medium", "High"], (score > 0) * 1 + (score > 2)), "risk_factors": picked(texts, met),
        "segment": picked(["none", "occasional", "regular", "vip"], (total > 0) * 1 + (total >= 10_000) + (total >= 100_000)),
        "enrichment_status": picked(["Basic Profile", "Partially Enriched", "Fully Enriched"], geo * 1 + business),
        "data_quality_score": 25 * (quality + rows["phone_valid"].to_numpy()),
    }
    return pa.table({name: columns[name] for name in job.COLUMNS})


if __name__ == "__main__":
    main()
