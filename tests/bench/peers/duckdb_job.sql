-- customer-360 as hand-written DuckDB SQL. Variables: crm, orders, support, postcodes, companies (repaired files but for orders), white, class.
-- Functions from JavaScript: js_title(text), careful_order(line).

CREATE MACRO ascii_ends(x) AS x[1] BETWEEN '!' AND '~' AND x[-1] BETWEEN '!' AND '~';
CREATE MACRO js_trim(x) AS CASE WHEN ascii_ends(x) THEN x ELSE coalesce(trim(x, getvariable('white')), '') END;
CREATE MACRO one_space(x) AS nullif(regexp_replace(js_trim(x), getvariable('class') || '+', ' ', 'g'), '');
CREATE MACRO id_of(x) AS CASE WHEN regexp_full_match(x, '0*[0-9]{1,16}') AND x::UBIGINT BETWEEN 1 AND 9007199254740991 THEN x::BIGINT END;
CREATE MACRO packed_number(x, i) AS CAST(nullif(x[i], '') AS BIGINT);
CREATE MACRO coordinate(x) AS CASE WHEN regexp_full_match(x, '[+-]?[0-9]+([.][0-9]+)?') THEN CAST(ltrim(x, '+') AS DOUBLE) + 0.0 END;

CREATE TABLE crm_raw AS SELECT row_number() OVER () AS record, * FROM read_csv(getvariable('crm'), auto_detect = false, header = false, delim = ',', quote = '"',
  escape = '"', max_line_size = 40000000, columns = {crm_columns});
CREATE TABLE support_raw AS SELECT row_number() OVER () AS record, * FROM read_csv(getvariable('support'), auto_detect = false, header = false, delim = ',', quote = '"',
  escape = '"', max_line_size = 40000000, columns = {support_columns});

-- Tables, not common table expressions, which are inlined and would call the function once a column.
CREATE TABLE order_line AS
WITH line AS (
  SELECT row_number() OVER () AS record, line, regexp_extract(line, getvariable('plain'), ['a', 'b', 'c', 'd']) AS plain
  FROM read_csv(getvariable('orders'), auto_detect = false, header = false, delim = chr(1), quote = '', escape = '', strict_mode = false,
    max_line_size = 40000000, columns = {'line': 'VARCHAR'})
)
SELECT record, CASE WHEN plain.a <> '' THEN plain ELSE regexp_extract(line, getvariable('legacy'), ['a', 'b', 'c', 'd']) END AS form,
  CASE WHEN coalesce(struct_extract(form, 'a'), '') = '' THEN line END AS odd
FROM line;
CREATE TABLE odd_order AS SELECT record, string_split(careful_order(odd), chr(1)) AS packed FROM order_line WHERE odd IS NOT NULL;

CREATE TABLE order_raw AS
SELECT record, form.a::BIGINT AS order_id, 0::TINYINT AS order_fault, form.b::BIGINT AS customer_id, 0::TINYINT AS customer_fault,
  (form.c::DECIMAL(12, 2) * 100)::BIGINT AS pence, 0::TINYINT AS amount_fault, form.d AS date, 0::TINYINT AS date_fault, false AS malformed
FROM order_line WHERE form.a <> ''
UNION ALL
SELECT record, nullif(packed_number(packed, 1), 0), coalesce(packed_number(packed, 2), 0), nullif(packed_number(packed, 3), 0), coalesce(packed_number(packed, 4), 0), packed_number(packed, 5),
  coalesce(packed_number(packed, 6), 0), CASE WHEN packed_number(packed, 7) = 0 THEN packed[8] END, coalesce(packed_number(packed, 7), 0), packed = ['']
FROM odd_order WHERE packed IS NOT NULL;
DROP TABLE order_line;

CREATE TABLE day AS
WITH raw AS (
  SELECT DISTINCT date AS raw FROM order_raw WHERE date IS NOT NULL UNION SELECT DISTINCT registration_date FROM crm_raw UNION SELECT DISTINCT created_date FROM support_raw
), trimmed AS (SELECT raw, js_trim(raw) AS text FROM raw)
SELECT raw, text = '' AS missing, CASE
    WHEN regexp_full_match(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}/[0-9]{2}/[0-9]{2}') AND text[1:4] <> '0000' THEN try_cast(replace(text, '/', '-') AS DATE)
    WHEN regexp_full_match(text, '[0-9]{2}-[0-9]{2}-[0-9]{4}|[0-9]{2}/[0-9]{2}/[0-9]{4}') AND text[7:10] <> '0000'
      THEN try_cast(text[7:10] || '-' || text[4:5] || '-' || text[1:2] AS DATE) END AS value
FROM trimmed;

CREATE TABLE name AS SELECT raw, js_title(one_space(raw)) AS value FROM (SELECT first_name AS raw FROM crm_raw UNION SELECT last_name FROM crm_raw);
CREATE TABLE company AS SELECT raw, one_space(raw) AS value FROM (SELECT DISTINCT company AS raw FROM crm_raw);

CREATE TABLE crm AS
WITH trimmed AS (
  SELECT r.record, js_trim(customer_id) AS id_text, f.value AS first_name, l.value AS last_name, lower(js_trim(email)) AS email, js_trim(phone) AS phone,
    js_trim(postcode) AS postcode_text, c.value AS company, d.value AS registration_date, d.missing AS no_date, lower(js_trim(status)) AS status
  FROM crm_raw r JOIN name f ON r.first_name = f.raw JOIN name l ON r.last_name = l.raw JOIN company c ON r.company = c.raw JOIN day d ON r.registration_date = d.raw
), cleaned AS (
  SELECT *, id_of(id_text) AS customer_id, regexp_matches(email, getvariable('email')) AS email_valid,
    regexp_replace(regexp_replace(phone, '[\-.()]|' || getvariable('class'), '', 'g'), '^(?:\+44|0044)0?', '0') AS normal,
    regexp_replace(upper(postcode_text), getvariable('class'), '', 'g') AS packed
  FROM trimmed
), valid AS (
  SELECT *, regexp_full_match(normal, '0[0-9]{10}') AS phone_valid, regexp_matches(packed, getvariable('postcode')) AS postcode_valid,
    status IN ('active', 'inactive', 'suspended') AS status_known
  FROM cleaned
), last AS (SELECT customer_id AS id, max(record) AS last FROM valid WHERE customer_id IS NOT NULL GROUP BY ALL)
SELECT customer_id, first_name, last_name, email, email_valid, CASE WHEN phone_valid THEN normal ELSE nullif(phone, '') END AS phone, phone_valid,
  CASE WHEN postcode_valid THEN packed[:-4] END AS outcode, CASE WHEN postcode_valid THEN packed[-3:] END AS incode, company, registration_date,
  CASE WHEN status_known THEN status ELSE 'unknown' END AS status, coalesce(record = last, false) AS accepted,
  id_text = '' AS "customer_id.missing", customer_id IS NULL AND id_text <> '' AS "customer_id.invalid", coalesce(record < last, false) AS "customer_id.duplicate",
  first_name IS NULL AS "first_name.missing", last_name IS NULL AS "last_name.missing",
  email = '' AS "email.missing", email <> '' AND NOT email_valid AS "email.invalid", phone = '' AS "phone.missing", phone <> '' AND NOT phone_valid AS "phone.invalid",
  postcode_text = '' AS "postcode.missing", postcode_text <> '' AND NOT postcode_valid AS "postcode.invalid",
  no_date AS "registration_date.missing", registration_date IS NULL AND NOT no_date AS "registration_date.invalid",
  status = '' AS "status.missing", status <> '' AND NOT status_known AS "status.unexpected"
FROM valid v LEFT JOIN last ON customer_id = id;
DROP TABLE crm_raw;

CREATE TABLE orders AS
WITH last AS (SELECT order_id AS id, max(record) AS last FROM order_raw WHERE order_id IS NOT NULL GROUP BY ALL),
checked AS (
  SELECT o.customer_id, pence, d.value AS day,
    order_fault = 1 AS "order_id.missing", order_fault = 2 AS "order_id.invalid", coalesce(record < last, false) AS "order_id.duplicate",
    customer_fault = 1 AS "customer_id.missing", customer_fault = 2 AS "customer_id.invalid", o.customer_id IS NOT NULL AND c.customer_id IS NULL AS "customer_id.orphan",
    amount_fault = 1 AS "amount.missing", amount_fault = 2 AS "amount.invalid", amount_fault = 3 AS "amount.negative",
    date_fault = 1 OR coalesce(d.missing, false) AS "date.missing", date_fault = 2 OR coalesce(d.value IS NULL AND NOT d.missing, false) AS "date.invalid"
  FROM order_raw o LEFT JOIN last ON order_id = id LEFT JOIN (SELECT customer_id FROM crm WHERE accepted) c ON o.customer_id = c.customer_id
    LEFT JOIN day d ON o.date = d.raw
  WHERE NOT malformed
)
SELECT *, NOT ("order_id.missing" OR "order_id.invalid" OR "order_id.duplicate" OR "customer_id.missing" OR "customer_id.invalid" OR "customer_id.orphan"
  OR "amount.missing" OR "amount.invalid" OR "amount.negative") AS accepted
FROM checked;
DROP TABLE order_raw;

CREATE TABLE support AS
WITH cleaned AS (
  SELECT record, js_trim(ticket_id) AS ticket_text, id_of(ticket_text) AS ticket, js_trim(customer_ref) AS ref_text, id_of(ref_text) AS ref,
    lower(js_trim(issue_type)) AS issue, lower(js_trim(priority)) AS priority, d.value AS day, d.missing AS no_date
  FROM support_raw s JOIN day d ON s.created_date = d.raw
), last AS (SELECT ticket AS id, max(record) AS last FROM cleaned WHERE ticket IS NOT NULL GROUP BY ALL),
checked AS (
  SELECT ref, day, cleaned.priority,
    ticket_text = '' AS "ticket_id.missing", ticket IS NULL AND ticket_text <> '' AS "ticket_id.invalid", coalesce(record < last, false) AS "ticket_id.duplicate",
    ref_text = '' AS "customer_ref.missing", ref IS NULL AND ref_text <> '' AS "customer_ref.invalid", ref IS NOT NULL AND c.customer_id IS NULL AS "customer_ref.orphan",
    issue = '' AS "issue_type.missing", issue NOT IN ('', 'billing', 'technical', 'general') AS "issue_type.unexpected",
    cleaned.priority = '' AS "priority.missing", cleaned.priority NOT IN ('', 'high', 'medium', 'low') AS "priority.unexpected",
    no_date AS "created_date.missing", day IS NULL AND NOT no_date AS "created_date.invalid"
  FROM cleaned LEFT JOIN last ON ticket = id LEFT JOIN (SELECT customer_id FROM crm WHERE accepted) c ON ref = c.customer_id
)
SELECT *, NOT ("ticket_id.missing" OR "ticket_id.invalid" OR "ticket_id.duplicate" OR "customer_ref.missing" OR "customer_ref.invalid" OR "customer_ref.orphan") AS accepted
FROM checked;

CREATE TABLE postcodes AS
WITH cleaned AS (
  SELECT row_number() OVER () AS record, upper(js_trim(outcode)) AS outcode, coalesce(nullif(js_trim(region), ''), 'Unknown') AS region,
    coalesce(nullif(js_trim(country), ''), 'Unknown') AS country, coalesce(nullif(js_trim(district), ''), 'Unknown') AS district,
    js_trim(latitude) AS north, js_trim(longitude) AS east, coordinate(north) AS latitude, coordinate(east) AS longitude
  FROM read_csv(getvariable('postcodes'), auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', columns = {postcodes_columns})
), checked AS (
  SELECT *, outcode = '' AS "outcode.missing", north <> '' AND coalesce(abs(cleaned.latitude) > 90, true) AS "latitude.invalid",
    east <> '' AND coalesce(abs(cleaned.longitude) > 180, true) AS "longitude.invalid" FROM cleaned
), last AS (
  SELECT outcode AS id, max(record) AS last FROM checked WHERE NOT ("outcode.missing" OR "latitude.invalid" OR "longitude.invalid") GROUP BY ALL
)
SELECT c.*, NOT ("outcode.missing" OR "latitude.invalid" OR "longitude.invalid") AND record < last AS "outcode.duplicate",
  NOT ("outcode.missing" OR "latitude.invalid" OR "longitude.invalid") AND record = last AS accepted
FROM checked c LEFT JOIN last ON outcode = id;

CREATE TABLE companies AS
WITH cleaned AS (
  SELECT row_number() OVER () AS record, lower(js_trim(domain)) AS domain, coalesce(nullif(js_trim(company_size), ''), 'Unknown') AS company_size,
    coalesce(nullif(js_trim(industry), ''), 'Unknown') AS industry, coalesce(nullif(js_trim(annual_revenue), ''), 'Unknown') AS annual_revenue
  FROM read_csv(getvariable('companies'), auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', columns = {companies_columns})
), last AS (SELECT domain AS id, max(record) AS last FROM cleaned WHERE domain <> '' GROUP BY ALL)
SELECT c.*, domain = '' AS "domain.missing", coalesce(record < last, false) AS "domain.duplicate", coalesce(record = last, false) AS accepted
FROM cleaned c LEFT JOIN last ON domain = id;

CREATE TABLE customer_enriched AS
WITH spend AS (
  SELECT customer_id, count(*) AS orders_count, sum(pence)::BIGINT AS pence, min(day) AS first_order, max(day) AS last_order FROM orders WHERE accepted GROUP BY ALL
), contact AS (
  SELECT ref, count(*) AS tickets_count, count(*) FILTER (priority = 'high') AS high_priority_tickets, max(day) AS last_contact FROM support WHERE accepted GROUP BY ALL
), customer AS (
  SELECT *, CASE WHEN company IS NOT NULL AND contains(email, '@') THEN string_split(email, '@')[-1] END AS email_domain
  FROM crm WHERE accepted
), joined AS (
  SELECT customer.* EXCLUDE (accepted), spend.*  EXCLUDE (customer_id), contact.*, company IS NOT NULL AS business, p.outcode IS NOT NULL AS geo,
    coalesce(pence, 0) AS total, coalesce(p.region, 'Unknown') AS region, coalesce(p.country, 'Unknown') AS country, coalesce(p.district, 'Unknown') AS district,
    p.latitude, p.longitude,
    CASE WHEN business THEN coalesce(f.company_size, 'Unknown') ELSE 'Individual' END AS company_size,
    CASE WHEN business THEN coalesce(f.industry, 'Unknown') ELSE 'Personal' END AS industry,
    CASE WHEN business THEN coalesce(f.annual_revenue, 'Unknown') ELSE 'N/A' END AS annual_revenue,
    p.region IN ('London', 'West Midlands') AND geo AS at_risk, f.company_size = 'Micro (1-10 employees)' AND f.domain IS NOT NULL AS small,
    NOT small AND f.annual_revenue = '£10M+' AND f.domain IS NOT NULL AS large, status = 'suspended' AS suspended
  FROM customer LEFT JOIN spend ON customer.customer_id = spend.customer_id LEFT JOIN contact ON customer.customer_id = ref
    LEFT JOIN (FROM postcodes WHERE accepted) p ON customer.outcode = p.outcode LEFT JOIN (FROM companies WHERE accepted) f ON email_domain = f.domain
), scored AS (
  SELECT *, (CASE WHEN coalesce(at_risk, false) THEN 2 ELSE 0 END + CASE WHEN small THEN 1 WHEN large THEN -1 ELSE 0 END + CASE WHEN suspended THEN 3 ELSE 0 END
    + CASE WHEN geo THEN 0 ELSE 1 END)::INTEGER AS score
  FROM joined
)
SELECT customer_id, coalesce(first_name, 'Unknown') AS first_name, coalesce(last_name, 'Unknown') AS last_name, nullif(email, '') AS email,
  email_valid::INTEGER AS email_valid, phone, phone_valid::INTEGER AS phone_valid,
  outcode || ' ' || incode AS postcode, company, business::INTEGER AS is_business, registration_date::VARCHAR AS registration_date,
  status, coalesce(orders_count, 0) AS orders_count, total / 100 AS total_spent,
  ((2 * total + orders_count) // (2 * orders_count)) / 100 AS average_order, first_order::VARCHAR AS first_order_date, last_order::VARCHAR AS last_order_date,
  coalesce(tickets_count, 0) AS tickets_count, coalesce(high_priority_tickets, 0) AS high_priority_tickets, last_contact::VARCHAR AS last_contact_date,
  getvariable('as_of')::DATE - last_contact AS days_since_last_contact, region, country, district, latitude, longitude, geo::INTEGER AS geo_enriched,
  company_size, industry, annual_revenue, score AS risk_score, CASE WHEN score <= 0 THEN 'Low' WHEN score <= 2 THEN 'Medium' ELSE 'High' END AS calculated_risk,
  coalesce(nullif(concat_ws('; ', CASE WHEN at_risk THEN 'High-risk region' END, CASE WHEN small THEN 'Small business' END,
    CASE WHEN large THEN 'Large company (low risk)' END, CASE WHEN suspended THEN 'Account suspended' END, CASE WHEN NOT geo THEN 'Incomplete geographic data' END), ''),
    'Standard profile') AS risk_factors,
  CASE WHEN total >= 100000 THEN 'vip' WHEN total >= 10000 THEN 'regular' WHEN total > 0 THEN 'occasional' ELSE 'none' END AS segment,
  CASE WHEN geo AND business THEN 'Fully Enriched' WHEN geo OR business THEN 'Partially Enriched' ELSE 'Basic Profile' END AS enrichment_status,
  25 * ((coalesce(first_name, 'Unknown') <> 'Unknown')::INTEGER + (coalesce(last_name, 'Unknown') <> 'Unknown')::INTEGER + email_valid::INTEGER
    + phone_valid::INTEGER) AS data_quality_score
FROM scored ORDER BY customer_id;
