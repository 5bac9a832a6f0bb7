import { createHmac, randomUUID } from 'node:crypto';

/** A message of the Jupyter protocol, as a client has it. */
export interface WireMessage {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly parent: { readonly msg_id?: string };
  readonly content: Readonly<Record<string, unknown>>;
}

const DELIMITER = Buffer.from('<IDS|MSG>');
const VERSION = '5.3';

const signed = (key: string, parts: readonly (string | Buffer)[]): string => {
  const hash = createHmac('sha256', key);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The frames of a request, and its id. */
export function requestFrames(
  key: string,
  session: string,
  type: string,
  content: object,
): { readonly id: string; readonly frames: readonly (string | Buffer)[] } {
  const id = randomUUID();
  const header = { msg_id: id, msg_type: type, session, username: 'daybook', date: new Date().toISOString(), version: VERSION };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return { id, frames: [DELIMITER, signed(key, parts), ...parts] };
}

/** A message from its frames; null where it is not signed with the key. */
export function parseFrames(key: string, frames: readonly Buffer[]): WireMessage | null {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  const [signature, header, parent, metadata, content] = frames.slice(at + 1);
  if (at < 0 || !signature || !header || !parent || !metadata || !content) return null;
  if (signature.toString() !== signed(key, [header, parent, metadata, content])) return null;
  const json = (part: Buffer) => JSON.parse(part.toString('utf8')) as never;
  return { header: json(header), parent: json(parent), content: json(content) };
}
