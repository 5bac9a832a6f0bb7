import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the stand-in says of one postcode, in the words of postcodes.io. */
export interface Place {
  readonly region: string | null;
  readonly country: string | null;
  readonly admin_district: string | null;
  readonly latitude: unknown;
  readonly longitude: unknown;
}

/** How one request is answered. */
export type Behaviour = (request: Asked, response: ServerResponse) => void;

export interface Asked {
  readonly postcodes: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly service: PostcodeService;
}

/** The same postcode always lies in the same place, by the digits and letters that it is made of. */
export function placeOf(postcode: string): Place {
  const code = [...postcode].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 10_000;
  const regions = ['London', 'West Midlands', 'South East', 'Wales'];
  return {
    region: regions[code % regions.length] ?? null,
    country: code % 4 === 3 ? 'Wales' : 'England',
    admin_district: `District ${code % 50}`,
    latitude: 50 + code / 1000,
    longitude: -(code / 2000),
  };
}

/** A stand-in for postcodes.io on loopback. It answers right unless it is told otherwise. */
export class PostcodeService {
  /** The postcodes of every bulk request, in the order of their arrival. */
  readonly requests: (readonly string[])[] = [];
  /** What each of the next requests gets; then what `always` says. */
  readonly next: Behaviour[] = [];
  always: Behaviour = answersRight;
  /** Postcodes that are not as `placeOf` says; null where unknown. */
  readonly places = new Map<string, Place | null>();
  /** Of the last request. */
  headers: IncomingMessage['headers'] = {};
  path = '';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<PostcodeService> {
    const server = createServer();
    const service = new PostcodeService(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void service.#take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  /** Every postcode that was asked for, in order. */
  get asked(): string[] {
    return this.requests.flat().sort();
  }
  place(postcode: string): Place | null {
    const known = this.places.get(postcode);
    return known === undefined ? placeOf(postcode) : known;
  }

  /** Nobody listens any more: the connection is refused. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => '');
    const postcodes =
      request.method === 'POST'
        ? (JSON.parse(body) as { postcodes: string[] }).postcodes
        : [decodeURIComponent(request.url?.split('/').at(-1) ?? '')];
    this.headers = request.headers;
    this.path = request.url ?? '';
    if (request.method === 'POST') this.requests.push(postcodes);
    const behaviour = request.method === 'POST' ? (this.next.shift() ?? this.always) : this.always === answersRight ? answersOne : this.always;
    behaviour({ postcodes, headers: request.headers, service: this }, response);
  }
}

const json = (response: ServerResponse, body: unknown, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const entries = ({ postcodes, service }: Asked) => postcodes.map((query) => ({ query, result: service.place(query) }));

export const answersRight: Behaviour = (asked, response) => json(response, { status: 200, result: entries(asked) });
const answersOne: Behaviour = ({ postcodes, service }, response) => json(response, { status: 200, result: service.place(postcodes[0] ?? '') });
/** Answers with entries made of the right ones. */
export const answersWith =
  (change: (entries: { query: string; result: unknown }[]) => readonly unknown[]): Behaviour =>
  (asked, response) =>
    json(response, { status: 200, result: change(entries(asked)) });
export const answersBody =
  (body: string, headers: Readonly<Record<string, string>> = {}, status = 200): Behaviour =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
export const fails = (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour => answersBody('{"error":"no"}', headers, status);
/** Says nothing, ever. */
export const hangs: Behaviour = () => undefined;
/** Begins to answer and says nothing more. */
export const stalls: Behaviour = (_, response) => void response.writeHead(200).write('{"status":200,"result":[');
/** Drops the connection without a word. */
export const drops: Behaviour = (_, response) => void response.destroy();
/** Promises a body and breaks off in the middle of it. */
export const breaksOff: Behaviour = (asked, response) => {
  const body = JSON.stringify({ status: 200, result: entries(asked) });
  response.writeHead(200, { 'content-length': String(body.length) }).write(body.slice(0, body.length >> 1), () => response.destroy());
};
