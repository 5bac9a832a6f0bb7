/** What a service says of one key: raw texts and numbers by name, as a file of the lookup would hold them, without the key. */
export type ServiceRecord = Readonly<Record<string, string | number | null>>;

/** By key: its record, null where the service does not know it. A key that is not there was not answered. */
export type Answers = ReadonlyMap<string, ServiceRecord | null>;

/** How a kind of service is asked. */
export interface ServiceProtocol {
  /** Most keys in one request. */
  readonly mostKeys: number;
  /** Where many keys are asked for at once, by POST. */
  readonly path: string;
  bodyOf(keys: readonly string[]): unknown;
  /** @throws ServiceFault `wrong-form` for JSON that answers none of the keys */
  answersIn(json: unknown, keys: readonly string[]): Answers;
  /** A GET that a sound service answers, about a key that belongs to nobody. */
  readonly probe: { readonly path: string; isSound(json: unknown): boolean };
}
