import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ContractBroken, type HttpPact, httpPact } from '../../../scripts/pact/index.js';
import type { Json, JsonObject } from '../../../scripts/spec/model.js';
import { randomFrom } from '../../../test/support/random.js';
import { inRepository, providers, root } from '../../../test/support/repository.js';
import { grouped, inTurn, type Mutant, shuffled } from '../mutant.js';
import { type RawDocument, rawDocument } from '../raw-document.js';
import { isDelivered, isEqual } from '../request-oracle.js';
import { throughProxy, type Wire } from './meddling-proxy.js';
import { registeredByTests } from './read-tests.js';
import {
  type Agreed,
  originFault,
  type RequestFault,
  requestFaultsOf,
} from './request-operators.js';
import type { Registered, RegisteredDelivery } from './stand-ins.js';

/** Puts faults into the requests that producers' code sends, and lets `httpPact` judge them. */
export async function mutateRequests(
  seed: number,
  count: number,
  of: readonly string[] = providers,
): Promise<Mutant[]> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-mutations-'));
  try {
    const trials: Trial[] = [];
    for (const provider of of) trials.push(await Trial.prepare(provider, folder));
    const all = trials.flatMap((trial) => trial.candidates());
    const operators = grouped(shuffled(all, random.next), ({ fault }) => fault.operator);
    const mutants: Mutant[] = [];
    for (const { trial, delivery, fault } of inTurn([...operators.values()], count)) {
      mutants.push(await trial.run(delivery, fault));
    }
    return mutants;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A producer's code, and the pact that it makes. */
class Trial {
  #runs = 0;

  private constructor(
    readonly provider: string,
    private readonly registered: Registered,
    private readonly pact: HttpPact<readonly never[]>,
    private readonly agreed: Agreed,
    private readonly document: RawDocument,
  ) {}

  static async prepare(provider: string, folder: string): Promise<Trial> {
    const registered = await registeredByTests(provider, 'pact', folder);
    if (registered.pact === undefined) throw new Error(`${provider}: the tests make no pact`);
    const yaml = readFileSync(inRepository('specs', `${provider}.asyncapi.yaml`), 'utf8');
    const trial = new Trial(
      provider,
      registered,
      httpPact({ ...registered.pact, pacts: join(folder, 'pacts'), cwd: root }),
      agreedBy(registered),
      rawDocument(load(yaml) as JsonObject),
    );
    const [first] = registered.deliveries;
    if (first === undefined) throw new Error(`${provider}: the tests deliver nothing`);
    const none: RequestFault = { operator: 'none', place: '', meddling: {} };
    const { broken, caught } = await trial.run(first, none);
    const fault = caught ?? broken;
    if (fault !== undefined) throw new Error(`${provider}: broken before any fault: ${fault}`);
    return trial;
  }

  candidates() {
    return this.registered.deliveries.flatMap((delivery) =>
      requestFaultsOf(delivery.expectation.payload as Json, this.agreed).map((fault) => ({
        trial: this,
        delivery,
        fault,
      })),
    );
  }

  async run(delivery: RegisteredDelivery, fault: RequestFault): Promise<Mutant> {
    const { message, expectation, send } = delivery;
    this.#runs += 1;
    let wires: readonly Wire[] = [];
    let path = '';
    const caught = await this.pact
      .deliver(
        message as never,
        // The descriptions of one pact must differ.
        { ...expectation, description: `${expectation.description} (${this.#runs})` } as never,
        async (url) => {
          path = new URL(url).pathname;
          const handedOn: Wire[] = [];
          const meddling = {
            ...fault.meddling,
            request: (wire: Wire) => {
              const changed = fault.meddling.request?.(wire) ?? wire;
              for (let time = 0; time < (fault.meddling.times ?? 1); time += 1)
                handedOn.push(changed);
              wires = handedOn;
              return changed;
            },
          };
          await throughProxy(url, meddling, send);
        },
      )
      .then(
        () => undefined,
        (error) => {
          if (error instanceof ContractBroken) return error.message;
          throw error;
        },
      );
    return {
      kind: "producers' output",
      operator: `request, ${fault.operator}`,
      place: `${this.provider} "${expectation.description}" ${fault.place}`,
      broken: this.#oracle(delivery, fault, wires, path),
      caught,
    };
  }

  /** Says why what went over the wire is not the delivery that the pact is about. */
  #oracle(
    { expectation }: RegisteredDelivery,
    { meddling }: RequestFault,
    wires: readonly Wire[],
    path: string,
  ): string | undefined {
    const { status } = meddling;
    if (status !== undefined && !isDelivered(this.document, status)) {
      return `was answered with ${status}, which is no delivery`;
    }
    const [wire, ...more] = wires;
    if (wire === undefined) return 'was not sent';
    if (more.length > 0) return 'was sent more than once';
    const { method, target, headers, body } = wire;
    if (method !== 'POST') return `was sent by ${method}`;
    if (target !== path) return `was sent to ${target}, not ${path}`;
    if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '')) {
      return `has the content type ${headers['content-type']}`;
    }
    if (!isEqual(parsed(body), expectation.payload as Json)) return 'has another body';
    for (const [name, value] of Object.entries(expectation.headers ?? {})) {
      if (headers[name.toLowerCase()] !== value) return `has another value of ${name}`;
    }
    return originFault(wire, this.agreed);
  }
}

function agreedBy({ pact }: Registered): Agreed {
  const [secret] = pact?.secrets ?? [];
  if (typeof secret === 'string') return { secret };
  const [token] = pact?.tokens ?? [];
  if (token !== undefined) return { token };
  const [[name, [value] = []] = []] = Object.entries(pact?.headers ?? {});
  return name === undefined || value === undefined ? {} : { header: [name, value] };
}

function parsed(body: Buffer): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    return 'no JSON';
  }
}
