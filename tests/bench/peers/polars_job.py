"""customer-360 in Polars: lazy frames, distinct names and dates cleaned once, ADBC to SQLite."""

import datetime
from collections.abc import Callable

import cleaning
import feed
import job
import polars as pl
from csv_repair import JS_WHITE, repair

Fault = dict[str, pl.Expr]
TYPES = (pl.Int64, pl.Int8, pl.Int64, pl.Int8, pl.Int64, pl.Int8, pl.String, pl.Int8, pl.Boolean)
SLOW = dict(zip(feed.COLUMNS, TYPES, strict=True))


def main() -> None:
    phases = job.Phases()
    given = job.arguments()
    crm, crm_counts = read_crm(given.crm)
    ids = crm.get_column("customer_id")
    spend, order_counts = read_orders(given.orders, ids)
    contact, support_counts = read_support(given.support, ids)
    places, postcode_counts = cleaning.postcodes(given.postcodes)
    firms, company_counts = cleaning.companies(given.companies)
    as_of = datetime.date.fromisoformat(given.as_of)
    rows = enrich(crm.lazy(), spend, contact, places, firms, as_of).collect()
    phases.end("engine")
    job.write(rows.to_arrow(compat_level=pl.CompatLevel.oldest()), given.out)
    phases.end("sqlite")
    counts = {"crm": crm_counts, "orders": order_counts, "support": support_counts}
    job.report(counts | {"postcodes": postcode_counts, "companies": company_counts}, phases)


def read_csv(path: str, key: str) -> tuple[pl.LazyFrame, int]:
    columns, data, malformed = repair(path, key)
    data, odd = without_odd_widths(data, len(columns))
    schema = dict.fromkeys(columns, pl.String)
    return pl.scan_csv(data, has_header=False, schema=schema, empty_string_is_null=False), malformed + odd


def without_odd_widths(data: bytes, width: int) -> tuple[bytes, int]:
    """Takes out blank lines and records of another width, which the CSV reader cannot tell; counts the latter."""
    line, quotes = pl.col("line"), pl.col("quotes")
    measured = pl.scan_lines(data).select(
        size=line.str.len_bytes().cast(pl.Int64),
        commas=line.str.count_matches(",", literal=True),
        quotes=line.str.count_matches('"', literal=True),
    ).with_columns(end=(pl.col("size") + 1).cum_sum())
    odd = measured.filter((pl.col("commas") != width - 1) & (quotes == 0) & (quotes.cum_sum() % 2 == 0)).select("size", "end").collect()
    kept, done = [], 0
    for size, end in odd.iter_rows():
        kept.append(data[done : end - size - 1])
        done = end
    return b"".join([*kept, data[done:]]), odd.filter(pl.col("size") > 0).height


def per_distinct(column: str, clean: Callable, dtype: pl.DataType) -> pl.Expr:
    def cleaned(texts: pl.Series) -> pl.Series:
        distinct = texts.unique()
        values = pl.Series([clean(text) for text in distinct], dtype=dtype)
        return texts.replace_strict(distinct, values, return_dtype=dtype)

    return pl.col(column).map_batches(cleaned, return_dtype=dtype)


def trimmed(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars(JS_WHITE)


def number(column: str) -> pl.Expr:
    text = trimmed(column)
    value = pl.when(text.str.contains("^[0-9]+$")).then(text.str.strip_chars_start("0")).cast(pl.Int64, strict=False)
    return pl.when(value.is_between(1, cleaning.LARGEST_ID)).then(value)


def counted(frame: pl.DataFrame, malformed: int) -> dict:
    """Counts the rule columns, those whose name has a point; `accepted` and `warned` are columns too."""
    sums = frame.select(pl.col("^.*\\..*$", "accepted", "warned").sum()).row(0, named=True)
    accepted, warned = sums.pop("accepted"), sums.pop("warned")
    read = frame.height + malformed
    rows = {"read": read, "accepted": accepted, "rejected": read - accepted, "warned": warned}
    return {"rows": rows, "rules": sums | {"record.malformed": malformed}}


def judged(frame: pl.LazyFrame, rejects: Fault, warns: Fault) -> pl.LazyFrame:
    rules = frame.with_columns(**rejects, **warns)
    accepted = ~pl.any_horizontal(*rejects)
    return rules.with_columns(accepted=accepted, warned=accepted & pl.any_horizontal(*warns))


def date_faults(column: str, rule: str) -> Fault:
    value = pl.col(column)
    return {f"{rule}.missing": value == cleaning.NO_DATE, f"{rule}.invalid": value == cleaning.BAD_DATE}


def real_date(column: str) -> pl.Expr:
    return pl.when(pl.col(column) > cleaning.NO_DATE).then(pl.col(column)).cast(pl.Date)


def pounds(pence: pl.Expr) -> pl.Expr:
    """Polars divides by a constant as it multiplies by the reciprocal, which is off in the last digit; NumPy divides."""
    return pence.map_batches(lambda exact: pl.Series(exact.to_numpy() / 100, nan_to_null=True), return_dtype=pl.Float64)


def read_crm(path: str) -> tuple[pl.DataFrame, dict]:
    raw, malformed = read_csv(path, "customer_id")
    bare = trimmed("phone").str.replace_all(rf"[{JS_WHITE}\-.()]", "")
    packed = trimmed("postcode").str.to_uppercase().str.replace_all(f"[{JS_WHITE}]", "")
    cleaned = raw.select(
        id_text=trimmed("customer_id"),
        customer_id=number("customer_id"),
        first_name=per_distinct("first_name", cleaning.name, pl.String),
        last_name=per_distinct("last_name", cleaning.name, pl.String),
        email=trimmed("email").str.to_lowercase(),
        phone=trimmed("phone"),
        normal=bare.str.replace(r"^(?:\+44|0044)0?", "0"),
        packed=packed,
        company=per_distinct("company", cleaning.company, pl.String),
        registered=per_distinct("registration_date", cleaning.date, pl.Int32),
        status=per_distinct("status", cleaning.choice, pl.String),
        no_postcode=trimmed("postcode") == "",
    ).with_columns(
        email_valid=pl.col("email").str.contains(cleaning.EMAIL),
        phone_valid=pl.col("normal").str.contains(cleaning.PHONE),
        postcode_valid=pl.col("packed").str.contains(cleaning.POSTCODE),
        status_known=pl.col("status").is_in(["active", "inactive", "suspended"]),
    )
    key, no_id = pl.col("customer_id"), pl.col("id_text") == ""
    rejects = {
        "customer_id.missing": no_id,
        "customer_id.invalid": key.is_null() & ~no_id,
        "customer_id.duplicate": key.is_not_null() & ~key.is_last_distinct(),
    }
    warns = {
        "first_name.missing": pl.col("first_name").is_null(),
        "last_name.missing": pl.col("last_name").is_null(),
        "email.missing": pl.col("email") == "",
        "email.invalid": ~pl.col("email_valid") & (pl.col("email") != ""),
        "phone.missing": pl.col("phone") == "",
        "phone.invalid": ~pl.col("phone_valid") & (pl.col("phone") != ""),
        "postcode.missing": pl.col("no_postcode"),
        "postcode.invalid": ~pl.col("postcode_valid") & ~pl.col("no_postcode"),
        **date_faults("registered", "registration_date"),
        "status.missing": pl.col("status").is_null(),
        "status.unexpected": pl.col("status").is_not_null() & ~pl.col("status_known"),
    }
    frame = judged(cleaned, rejects, warns).collect()
    packed = pl.col("packed")
    rows = frame.lazy().filter("accepted").select(
        "customer_id",
        pl.col("first_name", "last_name").fill_null("Unknown"),
        pl.when(pl.col("email") != "").then("email").alias("email"),
        "email_valid",
        pl.when("phone_valid").then("normal").when(pl.col("phone") != "").then("phone").alias("phone"),
        "phone_valid",
        outcode=pl.when("postcode_valid").then(packed.str.head(-3)),
        postcode=pl.when("postcode_valid").then(packed.str.head(-3) + " " + packed.str.tail(3)),
        company="company",
        registration_date=real_date("registered"),
        status=pl.when("status_known").then("status").otherwise(pl.lit("unknown")),
    )
    return rows.collect(), counted(frame, malformed)


def read_orders(path: str, ids: pl.Series) -> tuple[pl.LazyFrame, dict]:
    rest = pl.scan_lines(path).with_row_index("record").collect()
    forms = []
    for form in (feed.PLAIN, feed.LEGACY):
        found = rest.with_columns(pl.col("line").str.extract_groups(form).struct.unnest())
        forms.append(found.lazy().filter(pl.col("order").is_not_null()).select(
            "record",
            pl.col("order", "customer").cast(pl.Int64),
            (pl.col("amount").cast(pl.Float64) * 100).round().cast(pl.Int64).alias("pence"),
            "date",
        ))
        rest = found.filter(pl.col("order").is_null()).select("record", "line")
    read = [(record, *order) for record, line in rest.iter_rows() if (order := feed.read_line(line))]
    slow = pl.DataFrame(read, schema={"record": rest.schema["record"]} | SLOW, orient="row")
    orders = pl.concat([*forms, slow.lazy().filter(~pl.col("malformed"))], how="diagonal")
    orders = orders.with_columns(
        pl.col("^.*_fault$").fill_null(feed.OK),
        day=per_distinct("date", cleaning.date, pl.Int32),
    )
    return settle_orders(orders, ids, slow.get_column("malformed").sum())


def settle_orders(orders: pl.LazyFrame, ids: pl.Series, malformed: int) -> tuple[pl.LazyFrame, dict]:
    has_order, has_customer = (pl.col(name) == feed.OK for name in ("order_fault", "customer_fault"))
    rejects = {
        "order_id.missing": pl.col("order_fault") == feed.MISSING,
        "order_id.invalid": pl.col("order_fault") == feed.INVALID,
        "order_id.duplicate": has_order & (pl.col("record") < pl.col("record").max().over("order")),
        "customer_id.missing": pl.col("customer_fault") == feed.MISSING,
        "customer_id.invalid": pl.col("customer_fault") == feed.INVALID,
        "customer_id.orphan": has_customer & ~pl.col("customer").is_in(ids.implode()),
        "amount.missing": pl.col("amount_fault") == feed.MISSING,
        "amount.invalid": pl.col("amount_fault") == feed.INVALID,
        "amount.negative": pl.col("amount_fault") == feed.NEGATIVE,
    }
    no_date = (pl.col("date_fault") != feed.INVALID) & (pl.col("day") == cleaning.NO_DATE)
    warns = {"date.missing": no_date, "date.invalid": ~no_date & (pl.col("day") <= cleaning.NO_DATE)}
    frame = judged(orders, rejects, warns).collect()
    day = real_date("day")
    spend = frame.lazy().filter("accepted").group_by("customer").agg(
        orders_count=pl.len(), pence=pl.col("pence").sum(), first_order_date=day.min(), last_order_date=day.max()
    )
    return spend, counted(frame, malformed)


def read_support(path: str, ids: pl.Series) -> tuple[pl.LazyFrame, dict]:
    raw, malformed = read_csv(path, "ticket_id")
    cleaned = raw.select(
        ticket=number("ticket_id"),
        no_ticket=trimmed("ticket_id") == "",
        customer=number("customer_ref"),
        no_customer=trimmed("customer_ref") == "",
        issue=per_distinct("issue_type", cleaning.choice, pl.String),
        priority=per_distinct("priority", cleaning.choice, pl.String),
        day=per_distinct("created_date", cleaning.date, pl.Int32),
    )
    ticket, customer, issue, priority = (pl.col(name) for name in ("ticket", "customer", "issue", "priority"))
    rejects = {
        "ticket_id.missing": pl.col("no_ticket"),
        "ticket_id.invalid": ticket.is_null() & ~pl.col("no_ticket"),
        "ticket_id.duplicate": ticket.is_not_null() & ~ticket.is_last_distinct(),
        "customer_ref.missing": pl.col("no_customer"),
        "customer_ref.invalid": customer.is_null() & ~pl.col("no_customer"),
        "customer_ref.orphan": customer.is_not_null() & ~customer.is_in(ids.implode()),
    }
    warns = {
        "issue_type.missing": issue.is_null(),
        "issue_type.unexpected": issue.is_not_null() & ~issue.is_in(["billing", "technical", "general"]),
        "priority.missing": priority.is_null(),
        "priority.unexpected": priority.is_not_null() & ~priority.is_in(["high", "medium", "low"]),
        **date_faults("day", "created_date"),
    }
    frame = judged(cleaned, rejects, warns).collect()
    contact = frame.lazy().filter("accepted").group_by("customer").agg(
        tickets_count=pl.len(), high_priority_tickets=(priority == "high").sum(), last_contact_date=real_date("day").max()
    )
    return contact, counted(frame, malformed)


def enrich(crm: pl.LazyFrame, spend: pl.LazyFrame, contact: pl.LazyFrame, places: dict, firms: dict, as_of: datetime.date) -> pl.LazyFrame:
    texts = dict.fromkeys(("outcode", "region", "country", "district"), pl.String)
    place = pl.LazyFrame(list(places.values()), schema=texts | {"latitude": pl.Float64, "longitude": pl.Float64}, orient="row")
    firm = pl.LazyFrame(list(firms.values()), schema=["domain", "company_size", "industry", "annual_revenue"], orient="row")
    total, count = pl.col("pence").fill_null(0), pl.col("orders_count")
    business, geo = pl.col("company").is_not_null(), pl.col("region").is_not_null()
    small = business & (pl.col("company_size") == "Micro (1-10 employees)")
    factors = {
        "High-risk region": (geo & pl.col("region").is_in(["London", "West Midlands"]), 2),
        "Small business": (small, 1),
        "Large company (low risk)": (business & ~small & (pl.col("annual_revenue") == "£10M+"), -1),
        "Account suspended": (pl.col("status") == "suspended", 3),
        "Incomplete geographic data": (~geo, 1),
    }
    met = [(name, holds.fill_null(False), points) for name, (holds, points) in factors.items()]
    score = pl.sum_horizontal(pl.when(holds).then(points).otherwise(0) for _, holds, points in met)
    named = pl.concat_str([pl.when(holds).then(pl.lit(name)) for name, holds, _ in met], separator="; ", ignore_nulls=True)

    def known(column: str, private: str) -> pl.Expr:
        return pl.when(business).then(pl.col(column).fill_null("Unknown")).otherwise(pl.lit(private)).alias(column)

    joined = (
        crm.with_columns(domain=pl.when(pl.col("email").str.contains("@", literal=True)).then(pl.col("email").str.split("@").list.last()))
        .join(spend, left_on="customer_id", right_on="customer", how="left")
        .join(contact, left_on="customer_id", right_on="customer", how="left")
        .join(place, on="outcode", how="left")
        .join(firm, on="domain", how="left")
        .sort("customer_id")
    )
    rows = joined.with_columns(
        is_business=business,
        geo_enriched=geo,
        total_spent=pounds(total),
        average_order=pounds((2 * total + count) // (2 * count)),
        days_since_last_contact=(pl.lit(as_of) - pl.col("last_contact_date")).dt.total_days(),
        risk_score=score,
        calculated_risk=pl.when(score <= 0).then(pl.lit("Low")).when(score <= 2).then(pl.lit("Medium")).otherwise(pl.lit("High")),
        risk_factors=pl.when(named == "").then(pl.lit("Standard profile")).otherwise(named),
        segment=pl.when(total >= 100_000).then(pl.lit("vip")).when(total >= 10_000).then(pl.lit("regular"))
        .when(total > 0).then(pl.lit("occasional")).otherwise(pl.lit("none")),
        enrichment_status=pl.when(geo & business).then(pl.lit("Fully Enriched")).when(geo | business)
        .then(pl.lit("Partially Enriched")).otherwise(pl.lit("Basic Profile")),
        data_quality_score=25 * pl.sum_horizontal(pl.col("first_name", "last_name") != "Unknown", "email_valid", "phone_valid"),
    ).with_columns(
        pl.col("orders_count", "tickets_count", "high_priority_tickets").fill_null(0),
        pl.col("region", "country", "district").fill_null("Unknown"),
        known("company_size", "Individual"),
        known("industry", "Personal"),
        known("annual_revenue", "N/A"),
    )
    texts, numbers = pl.selectors.date().cast(pl.String), pl.selectors.boolean().cast(pl.Int64)
    return rows.with_columns(texts, numbers).select(job.COLUMNS)


if __name__ == "__main__":
    main()
