/**
 * A table's or column's name as SQL text, for SQLite and DuckDB alike.
 *
 * @example quoteName('a "b"') // "a ""b"""
 */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as an SQL literal, for SQLite and DuckDB alike; it must hold no NUL. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Names, quoted and separated by commas. */
export const nameList = (names: readonly string[]): string => names.map(quoteName).join(', ');
