/** Something in a notebook that silently goes wrong. */
export interface LintFinding {
  /** The cell's number in the notebook, from 1, texts included. */
  readonly cell: number;
  /** Line in the cell's source, from 1; null where it is about its outputs or the cell as a whole. */
  readonly line: number | null;
  readonly rule: 'out-of-order' | 'personal-data' | 'unused-parameter' | 'reassigned' | 'await-at-top-level';
  /** A warning is right in Daybook's kernel and wrong in others. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly fix: string;
}

/** One code cell as the lint reads it. */
export interface LintCell {
  readonly number: number;
  readonly code: string;
  readonly isParameters: boolean;
}
