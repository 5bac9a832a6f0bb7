/** What is known of a column that holds personal data. */
export interface PersonalTag {
  /** The classes of personal data in it, as contracts name them: `contact`, `name` … */
  readonly classes: readonly string[];
  /** How a value is shown where it must not be read. */
  readonly mask: 'email' | 'phone' | 'initial' | 'all';
}

/** The personal columns of a table, by name. */
export type PersonalColumns = ReadonlyMap<string, PersonalTag>;
