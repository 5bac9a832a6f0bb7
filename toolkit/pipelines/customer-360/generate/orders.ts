import { ORDER_FAULTS } from './order-faults.ts';
import { legacy, ODD_SHAPES, type Order, plain, type Shape } from './order-shapes.ts';
import { deckOf, nowAndThen, type Random, randomFrom } from './random.ts';
import { showcasesIn } from './showcase.ts';
import { customerFrom, pickedAt } from './spread.ts';
import { dateWithin, inSomeForm } from './text.ts';

/** One record of the orders feed; `breaksArray` marks what only a feed of lines can hold. */
interface Piece {
  readonly text: string;
  readonly breaksArray: boolean;
}

const FIRST_ORDER = 500001;
const STRANGERS = 800000001;
const FAULT_EVERY = 30;
const BLANK_LINES = ['\n', ' \t\n', '\u00a0\n', '\r\n'];

/**
 * The orders feed as NDJSON: about two orders for a customer, and one fault for every 30.
 *
 * - Lines end in LF; a few are blank, a few end in a blank or CR that JSON allows.
 */
export function* orderLines(rows: number, seed: number): Generator<string> {
  const blank = nowAndThen(randomFrom(seed, 'blank lines'), 300, BLANK_LINES);
  for (const { text } of orderPieces(rows, seed)) yield `${text}\n${blank() ?? ''}`;
}

/**
 * The same orders as one JSON array, without the records that would break it; begins with a BOM.
 */
export function* orderArray(rows: number, seed: number): Generator<string> {
  let first = true;
  for (const { text, breaksArray } of orderPieces(rows, seed)) {
    if (breaksArray) continue;
    yield (first ? '\ufeff[\n' : ',\n') + text;
    first = false;
  }
  yield first ? '[]\n' : '\n]\n';
}

function* orderPieces(rows: number, seed: number): Generator<Piece> {
  const random = randomFrom(seed, 'orders');
  const order = ordersFrom(random, rows);
  const shape = shapesFrom(random);
  const nextFault = deckOf(ORDER_FAULTS);
  const picked = pickedOrders(rows);
  const count = Math.max(rows * 2 + Math.floor(rows * 0.03), picked.length);
  let owed = 0;
  for (let index = 0; index < count; index += 1) {
    const hand = pickedAt(picked, index, count);
    const numbered: Order = { ...(hand ?? order()), id: String(FIRST_ORDER + index) };
    const accepted = { text: (hand === undefined ? shape() : plain)(numbered), breaksArray: false };
    if (index % FAULT_EVERY === FAULT_EVERY - 11) owed += 1;
    // No fault stands beside a hand-picked order: a correction would take its place.
    if (owed === 0 || hand !== undefined) {
      yield accepted;
      continue;
    }
    owed -= 1;
    const { place, breaksArray, text } = nextFault();
    const refused = { text: text(numbered, String(STRANGERS + index)), breaksArray };
    yield* place === 'before' ? [refused, accepted] : [accepted, refused];
  }
}

function ordersFrom(random: Random, rows: number): () => Omit<Order, 'id'> {
  return () => ({
    customer: customerFrom(random, rows),
    pence: penceOf(random),
    date: inSomeForm(random, random.chance(0.01) ? dateWithin(random, 2026, 2026) : dateWithin(random, 2021, 2025)),
  });
}

function shapesFrom(random: Random): () => Shape {
  const odd = nowAndThen(random, 16, ODD_SHAPES);
  return () => odd() ?? (random.chance(0.15) ? legacy : plain);
}

function penceOf(random: Random): number {
  const die = random.below(100);
  if (die < 45) return 499 + random.below(4500);
  if (die < 80) return 5000 + random.below(15000);
  return die < 97 ? 20000 + random.below(40000) : 60000 + random.below(240000);
}

function pickedOrders(rows: number): Omit<Order, 'id'>[] {
  const random = randomFrom(rows, 'picked orders');
  return showcasesIn(rows).flatMap(({ customer, showcase }) =>
    showcase.pence.map((pence) => ({ customer, pence, date: dateWithin(random, 2024, 2025) })),
  );
}
