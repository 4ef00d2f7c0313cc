/**
 * Stands in for vitest and for `webhook-contracts/pact` while a producer's test file is read: what the file registers
 * is kept and nothing is proved, so that the same code can be run again with a fault in it.
 */
import type {
  PactOptions,
  ProducerOptions,
  ReceiverCredentials,
  RequestExpectation,
} from '../../../scripts/pact/index.js';

/** A delivery that a test file registers. */
export interface RegisteredDelivery {
  readonly message: string;
  readonly expectation: RequestExpectation<unknown>;
  readonly send: (url: string) => unknown;
}

/** What a producer's test files register. */
export interface Registered {
  producer?: ProducerOptions;
  pact?: PactOptions & ReceiverCredentials;
  readonly deliveries: RegisteredDelivery[];
}

let into: Registered = { deliveries: [] };
let tests: (() => unknown)[] = [];

/** Keeps what the tests register that `load` imports. */
export async function registeredBy(load: () => Promise<unknown>): Promise<Registered> {
  into = { deliveries: [] };
  tests = [];
  await load();
  for (const test of tests) await test();
  return into;
}

export function it(_name: string, test: () => unknown): void {
  tests.push(test);
}

export function describe(_name: string, body: () => void): void {
  body();
}

export function afterAll(): void {}

export function expect(): { toBeGreaterThan: () => void } {
  return { toBeGreaterThan: () => {} };
}

export async function verifyProducer(options: ProducerOptions): Promise<{ interactions: number }> {
  into.producer = options;
  return { interactions: 1 };
}

export function httpPact(options: PactOptions & ReceiverCredentials) {
  into.pact = options;
  return {
    finish: async () => {},
    deliver: async (
      message: string,
      expectation: RequestExpectation<unknown>,
      send: (url: string) => unknown,
    ) => {
      into.deliveries.push({ message, expectation, send });
    },
  };
}
