import { fieldsOf } from '../clean-feed.ts';
import { atRecords, type Kind, type KindOptions, type Tools } from '../kind.ts';
import type { Fields, Line } from '../sheet.ts';

/** The two forms of a feed. */
export const FEEDS = ['lines', 'array'] as const;
export type Feed = (typeof FEEDS)[number];

/** An order that is about to be polluted. */
export interface Order {
  /** Its members as JSON, without the braces. */
  readonly members: string;
  readonly is: Fields;
  /** What stands behind it: its line end, in an array with the comma. */
  readonly end: string;
}

/** An order that is as it was. */
export const keptOrder = ({ members, is, end }: Order): Line => ({ text: `{${members}}`, end, is });

/** Kinds for both forms of a feed, of which an array may be told to end otherwise. */
export const inFeeds = (
  name: string,
  says: string,
  work: (order: Order, form: Feed, tools: Tools) => readonly Line[],
  options: KindOptions = {},
): Kind[] => FEEDS.map((form) => atRecords(form, name, says, ([line], _, tools) => work(orderOf(line as Line), form, tools), options));

/** The order on a line. */
export const orderOf = ({ text, end, is }: Line): Order => {
  if (typeof is === 'string') throw new Error('A kind was planted where no record stands.');
  return { members: text.slice(1, -1), is, end };
};

/** An object with members more, the last of equal names counting. */
export const withMembers = ({ members, is, end }: Order, more: string, changed: Fields = {}): Line => ({
  text: `{${members},${more}}`,
  end,
  is: { ...is, ...changed },
});

/** An order of its own, numbers given by their source text. */
export const freshOrder = (end: string, source: string, is: Fields): Line => ({ text: source, end, is: { ...fieldsOf({}), ...is } });
