import { isSameMediaType } from '../contract/content-type.js';
import { Guarantee, type Part } from '../contract/guarantee.js';
import { samplesOf } from '../contract/samples.js';
import type { CheckProblem } from '../generate/runtime/module.js';
import { createJudge, type Judge } from '../judge/judge.js';
import type { Json, Message, Operation } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import type { Delivery } from './evidence.js';

/** One of the documents that are compared, with what judges deliveries by it and what makes them. */
export class Side {
  readonly guarantee: Guarantee;
  readonly #judge: Judge;
  /** The deliveries of each message that were asked for, and how to make more. */
  readonly #made = new Map<Message, { list: Delivery[]; rest: Generator<Delivery, undefined> }>();

  constructor(
    readonly read: SpecDocument,
    /** Which of the two it is. */
    readonly age: 'old' | 'new',
  ) {
    this.guarantee = new Guarantee(read);
    this.#judge = createJudge(read);
  }

  /** Tells why the document refuses a delivery, whatever message it is; undefined where it allows it. */
  refusal({ payload, headers, contentType, ...request }: Delivery): Refusal | undefined {
    const result = this.#judge.check(payload, headers);
    if (!result.ok) return refusalOf(result.problems);
    const reason =
      this.#typeFault(result.message, contentType) ?? this.#requestFault(result.message, request);
    return reason === undefined ? undefined : { reason, at: '' };
  }

  /** Returns the name of the message that a delivery is taken as; undefined where it is refused. */
  takerOf({ payload, headers }: Delivery): string | undefined {
    const result = this.#judge.check(payload, headers);
    return result.ok ? result.message : undefined;
  }

  /** Tells why a message refuses a delivery; undefined where it takes it. */
  refusalBy({ name }: Message, { payload, headers }: Delivery): Refusal | undefined {
    const result = this.#judge.check(payload, headers, name);
    return result.ok ? undefined : refusalOf(result.problems);
  }

  #typeFault(name: string, contentType: string | undefined): string | undefined {
    if (contentType === undefined) return undefined;
    const stated = this.read.spec.messages.find((message) => message.name === name)?.contentType;
    return stated === undefined || isSameMediaType(stated, contentType)
      ? undefined
      : `The content type is not ${stated}.`;
  }

  #requestFault(name: string, request: Pick<Delivery, 'method' | 'query'>): string | undefined {
    if (request.method === undefined && request.query === undefined) return undefined;
    const faults = this.read.spec.operations
      .filter(({ messages }) => messages.includes(name))
      .map((one) => requestFault(one, request, this.guarantee));
    return faults.includes(undefined) ? undefined : faults[0];
  }

  /** Returns the schema of a message's payload, or that of anything. */
  payloadOf({ payload, pointer }: Message): Part {
    return payload === undefined
      ? anythingAt(pointer)
      : { schema: payload.json, pointer: payload.pointer };
  }

  /** Returns the schema of a message's headers; without one, it knows of no header. */
  headersOf({ headers, pointer }: Message): Part {
    return headers === undefined
      ? { schema: NO_HEADERS, pointer }
      : { schema: headers.json, pointer: headers.pointer };
  }

  /**
   * Lists deliveries of a message that the document allows: its examples, then such as are made; one without a payload,
   * where none could be made.
   */
  *deliveries(message: Message): Generator<Delivery> {
    const { list, rest } = this.#made.get(message) ?? { list: [], rest: this.#make(message) };
    this.#made.set(message, { list, rest });
    for (let index = 0; ; index += 1) {
      const delivery = list[index] ?? rest.next().value;
      if (delivery === undefined) return;
      list[index] = delivery;
      yield delivery;
    }
  }

  *#make(message: Message): Generator<Delivery, undefined> {
    const headers = this.#headers(message);
    let count = 0;
    for (const payload of this.#payloads(message)) {
      const delivery = [headers[count] ?? {}, ...headers]
        .slice(0, MAX_HEADERS)
        .map((held) => ({ message: message.name, headers: held, payload }))
        .find((made) => this.refusal(made) === undefined);
      if (delivery === undefined) continue;
      yield delivery;
      count += 1;
      if (count === MAX_DELIVERIES) return undefined;
    }
    if (count === 0) {
      yield { message: message.name, headers: headers[0] ?? {}, payload: undefined };
    }
    return undefined;
  }

  *#payloads(message: Message): Generator<Json> {
    for (const { payload } of message.examples) if (payload !== undefined) yield payload;
    yield* this.#samples(this.payloadOf(message));
  }

  #headers(message: Message): Readonly<Record<string, string>>[] {
    if (message.headers === undefined) return [{}];
    const shown = message.examples.map(({ headers }) => headerTexts(headers ?? null));
    const made = () => this.#samples(this.headersOf(message)).map(headerTexts);
    const stated = shown.filter((texts) => texts !== undefined);
    return stated.length > 0 ? stated : made().filter((texts) => texts !== undefined);
  }

  #samples(part: Part): Json[] {
    const cases = this.guarantee.casesOf([part]) ?? [];
    return cases.slice(0, MAX_CASES).flatMap((one) => {
      const samples = samplesOf(this.guarantee);
      return [...samples.objects(one, 0), ...samples.of(one).slice(0, 3), ...samples.fullest(one)];
    });
  }
}

/** Why a delivery is refused, and where it is at fault: a JSON Pointer into the delivery, `''` for all of it. */
export interface Refusal {
  readonly reason: string;
  readonly at: string;
}

function refusalOf([fault]: readonly CheckProblem[]): Refusal {
  return fault === undefined
    ? { reason: 'It is refused.', at: '' }
    : { reason: fault.text, at: `/${fault.in}${fault.path}` };
}

/** How many deliveries of a message are taken to start from. */
const MAX_DELIVERIES = 12;

/** How many sets of headers are tried with one payload. */
const MAX_HEADERS = 6;

/** Of how many cases values are made. */
const MAX_CASES = 32;

const NO_HEADERS: Json = { type: 'object', properties: {} };

/** Tells why an operation has no such request: what the request does not say, it has as it should. */
function requestFault(
  operation: Operation,
  { method, query }: Pick<Delivery, 'method' | 'query'>,
  guarantee: Guarantee,
): string | undefined {
  const stated = operation.method;
  if (method !== undefined && stated !== undefined && !isSameMethod(method, stated)) {
    return `The method is not ${stated}.`;
  }
  if (query === undefined || operation.query === undefined) return undefined;
  const part = { schema: operation.query, pointer: operation.pointer };
  const faults = (guarantee.casesOf([part]) ?? []).map((one) => guarantee.fault(one, query)?.text);
  return faults.includes(undefined) ? undefined : faults[0];
}

function isSameMethod(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

function anythingAt(pointer: string): Part {
  return { schema: true, pointer };
}

/** Writes values as the texts of headers; undefined where one can't be. */
export function headerTexts(values: Json): Readonly<Record<string, string>> | undefined {
  if (!isObject(values)) return undefined;
  const entries = Object.entries(values).map(([name, value]) => [name, String(value)] as const);
  const isSent =
    !Object.values(values).some((value) => isContainer(value) || value === null) &&
    entries.every(([name, text]) => NAME.test(name) && TEXT.test(text));
  return isSent ? Object.fromEntries(entries) : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.1 and #section-5.5, without what is obsolete */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const TEXT = /^(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?$/;
