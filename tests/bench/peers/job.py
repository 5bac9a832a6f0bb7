"""What the Python jobs share: arguments, phases, the SQLite table and the report."""

import argparse
import json
import os
import resource
import sqlite3
import time

import adbc_driver_sqlite.dbapi

TABLE = """CREATE TABLE customer_enriched (
  customer_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT, email_valid INTEGER, phone TEXT,
  phone_valid INTEGER, postcode TEXT, company TEXT, is_business INTEGER, registration_date TEXT, status TEXT,
  orders_count INTEGER, total_spent DECIMAL(18,2), average_order DECIMAL(18,2), first_order_date TEXT,
  last_order_date TEXT, tickets_count INTEGER, high_priority_tickets INTEGER, last_contact_date TEXT,
  days_since_last_contact INTEGER, region TEXT, country TEXT, district TEXT, latitude REAL, longitude REAL,
  geo_enriched INTEGER, company_size TEXT, industry TEXT, annual_revenue TEXT, risk_score INTEGER,
  calculated_risk TEXT, risk_factors TEXT, segment TEXT, enrichment_status TEXT, data_quality_score INTEGER)"""
COLUMNS = [line.split()[0] for line in TABLE.partition("(")[2].replace("18,2", "").split(",")]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("crm", "orders", "support", "postcodes", "companies", "out", "as-of"):
        parser.add_argument(f"--{name}", required=True)
    return parser.parse_args()


class Phases:
    """Wall and CPU milliseconds from the start of the process to the end of each phase, one after the other."""

    def __init__(self) -> None:
        self.done: list[dict] = []

    def end(self, name: str) -> None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        cpu = (usage.ru_utime + usage.ru_stime) * 1000
        wall = (time.time() - started_at()) * 1000
        before = [sum(phase[key] for phase in self.done) for key in ("wallMs", "cpuMs")]
        self.done.append({"name": name, "wallMs": round(wall - before[0]), "cpuMs": round(cpu - before[1])})


def started_at() -> float:
    """When the process began, in seconds since 1970, so that imports are counted too."""
    with open("/proc/self/stat") as stat, open("/proc/uptime") as uptime:
        ticks = int(stat.read().rpartition(")")[2].split()[19])
        return time.time() - float(uptime.read().split()[0]) + ticks / os.sysconf("SC_CLK_TCK")


def write(rows, path: str) -> None:
    """Writes an Arrow table in key order to a new file, and puts it in the place of the old one."""
    staging = f"{path}.new"
    if os.path.exists(staging):
        os.remove(staging)
    with sqlite3.connect(staging) as base:
        base.execute(TABLE)
    base.close()
    with adbc_driver_sqlite.dbapi.connect(staging, autocommit=False) as connection, connection.cursor() as cursor:
        connection.rollback()
        connection.adbc_connection.set_autocommit(True)
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            cursor.execute(f"PRAGMA {pragma}")
            cursor.fetchall()
        connection.adbc_connection.set_autocommit(False)
        cursor.adbc_ingest("customer_enriched", rows, mode="append")
        connection.commit()
    os.replace(staging, path)


def report(counts: dict, phases: Phases) -> None:
    rows = {name: counted["rows"] for name, counted in counts.items()}
    rules = {name: counted["rules"] for name, counted in counts.items()}
    print(json.dumps({"rows": rows, "rules": rules, "phases": phases.done}))
