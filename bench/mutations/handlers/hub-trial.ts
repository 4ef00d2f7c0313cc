import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Json, JsonObject } from '../../../scripts/spec/model.js';
import { generatedModule } from '../../../test/support/generated-module.js';
import { inRepository } from '../../../test/support/repository.js';
import { interactionsOf, type PactInteraction, shownBy } from '../pact-interactions.js';

/*
 * What can be observed of the hub: the statuses that it answers with, and the contents of its database. Each provider's
 * deliveries, from the pacts and from the documents' examples, are stored alone, and then sent over HTTP one after the
 * other, twice, the second time backwards; and they are sent without credentials, with wrong ones, and to nowhere.
 */

/** The parts of the hub that are observed, from whichever folder. */
interface Hub {
  readonly startFreshHub: () => Promise<{ url: string; database: unknown; close(): Promise<void> }>;
  readonly contentsOf: (database: unknown) => unknown;
  readonly storedBy: (store: (database: unknown) => void) => unknown;
  readonly credentials: Readonly<Record<string, object>>;
  readonly store: (database: unknown, delivery: object) => void;
}

const STORES: Readonly<Record<string, string>> = {
  'e-res': 'storeERes',
  guest: 'storeGuest',
  mews: 'storeMews',
  mozrest: 'storeMozrest',
  quandoo: 'storeQuandoo',
};

async function hubIn(folder: string, provider: string): Promise<Hub> {
  const load = (file: string) => import(join(folder, file));
  const [{ startFreshHub, credentials }, { contentsOf, storedBy }, stores] = await Promise.all([
    load('fresh-hub.ts'),
    load('contents.ts'),
    load(`${provider}.ts`),
  ]);
  return {
    startFreshHub,
    credentials,
    contentsOf,
    storedBy,
    store: stores[STORES[provider] as string],
  };
}

/** One observation: what was done, and what it led to. */
export interface Observation {
  readonly what: string;
  readonly result: string;
}

/** Observes the hub in a folder with the deliveries of one provider, one observation after the other. */
export async function* observe(folder: string, provider: string): AsyncGenerator<Observation> {
  const hub = await hubIn(folder, provider);
  const { messages } = await generatedModule(provider);
  const pacts = interactionsOf(
    [`${provider}-reservation-hub.json`, `reservation-hub-${provider}.json`].map((name) =>
      inRepository('contracts', 'pacts', name),
    ),
  );
  const examples = messages.flatMap(({ name, examples: all }) =>
    all.map(({ payload, headers = {} }) => ({
      message: name,
      payload: payload as Json,
      headers: headers as Record<string, string>,
    })),
  );
  const expected = pacts
    .filter(({ isMessage }) => isMessage)
    .map((interaction) => {
      const { contents, headers } = shownBy(interaction);
      return { message: interaction.message, payload: contents, headers };
    });
  for (const delivery of [...expected, ...examples]) {
    yield {
      what: `${delivery.message} stored`,
      result: attempt(() => hub.storedBy((database) => hub.store(database, delivery))),
    };
  }

  const started = await hub.startFreshHub();
  try {
    const requests = [
      ...pacts.filter(({ isMessage }) => !isMessage).map(requestOf),
      ...examples.map(({ payload, headers }) => ({ path: pathOf(provider), payload, headers })),
    ];
    const { sign } = (await generatedModule(provider)) as unknown as {
      sign?: (body: string, credentials: object) => Promise<Record<string, string>>;
    };
    const credentials = hub.credentials[provider === 'e-res' ? 'eRes' : provider];
    const send = async (
      { path, payload, headers }: Request,
      { signed = true, method = 'POST', spoil = (text: string) => text } = {},
    ): Promise<string> => {
      const body = JSON.stringify(payload);
      const proof =
        signed && credentials !== undefined && sign !== undefined
          ? await sign(body, credentials)
          : {};
      const spoilt = Object.fromEntries(
        Object.entries(proof).map(([name, value]) => [name, spoil(value)]),
      );
      const init = {
        method,
        headers: { 'Content-Type': 'application/json', ...headers, ...spoilt },
        ...(method === 'GET' ? {} : { body }),
        redirect: 'manual' as const,
        signal: AbortSignal.timeout(1_500),
      };
      const status = await fetch(`${started.url}${path}`, init).then(
        (response) => response.arrayBuffer().then(() => response.status),
        () => 'no answer',
      );
      return `${status} ${JSON.stringify(hub.contentsOf(started.database))}`;
    };
    const prefix = (request: Request) => ({ ...request, path: `/${provider}${request.path}` });
    const all = requests.map(prefix);
    const [first] = all;
    if (first === undefined) throw new Error(`${provider}: nothing is sent`);
    const refused: readonly [string, () => Promise<string>][] = [
      ['without credentials', () => send(first, { signed: false })],
      ['with wrong credentials', () => send(first, { spoil: (text) => `${text.slice(0, -3)}xx=` })],
      ['to nobody', () => send({ ...first, path: '/nobody' })],
      ['to the root', () => send({ ...first, path: '/' })],
      ['by PUT', () => send(first, { method: 'PUT' })],
      ['by GET', () => send(first, { method: 'GET' })],
      ['a body that is no message', () => send({ ...first, payload: { none: true } })],
      ['an empty list', () => send({ ...first, payload: [] })],
    ];
    for (const [what, run] of refused) yield { what, result: await run() };
    for (const request of [...all, ...all.toReversed()]) {
      yield {
        what: `${JSON.stringify(request.payload).slice(0, 120)} sent`,
        result: await send(request),
      };
    }
  } finally {
    // A request without an answer would keep it open.
    await Promise.race([started.close().catch(() => {}), setTimeout(300)]);
  }
}

interface Request {
  readonly path: string;
  readonly payload: Json;
  readonly headers: Readonly<Record<string, string>>;
}

const CREDENTIALS = new Set([
  'authorization',
  'x-signature',
  'x-hub-token',
  'x-hub-key',
  'content-type',
]);

function requestOf({ json }: PactInteraction): Request {
  const { path, body, headers = {} } = json.request as JsonObject;
  const own = Object.entries(headers as Record<string, string[]>).filter(
    ([name]) => !CREDENTIALS.has(name.toLowerCase()),
  );
  return {
    path: String(path),
    payload: (body as JsonObject).content as Json,
    headers: Object.fromEntries(own.map(([name, [value = '']]) => [name, value])),
  };
}

function pathOf(provider: string): string {
  return provider === 'mozrest' ? '/v1/rms/webhook' : '/';
}

function attempt(work: () => unknown): string {
  try {
    return JSON.stringify(work());
  } catch (error) {
    return `throws ${(error as Error).name}`;
  }
}

/** Says what is observed differently of the hub in a folder; undefined where nothing is. */
export async function differenceOf(
  folder: string,
  providers: readonly string[],
  usual: ReadonlyMap<string, readonly Observation[]>,
): Promise<string | undefined> {
  for (const provider of providers) {
    const known = usual.get(provider) ?? [];
    let index = 0;
    try {
      const observations = observe(folder, provider);
      for (;;) {
        const next = await withinTime(observations.next());
        if (next === undefined) return `${provider}: the hub does nothing any more`;
        if (next.done === true) break;
        const { what, result } = next.value;
        if (known[index]?.result !== result) {
          // Not waited for: a hub that is broken may not end.
          void observations.return(undefined).catch(() => {});
          return `${provider}, ${what}: ${contrast(result, known[index]?.result ?? '')}`;
        }
        index += 1;
      }
    } catch (error) {
      return `${provider}: the hub does not start: ${String(error).slice(0, 160)}`;
    }
  }
  return undefined;
}

/** Shows two texts from shortly before the place where they part. */
function contrast(found: string, usual: string): string {
  let at = 0;
  while (at < found.length && found[at] === usual[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(0, at - 40), at + 60);
  return `${part(found)} in place of ${part(usual)}`;
}

/** Returns undefined where something takes too long; it may never come. */
async function withinTime<T>(work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([work, setTimeout(5_000, undefined, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
