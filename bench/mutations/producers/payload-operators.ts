import type { Json, JsonObject } from '../../../scripts/spec/model.js';
import { isObject } from '../../../scripts/spec/positions.js';

/** What a producer makes of a message. */
export interface Output {
  readonly payload: Json;
  readonly headers: Readonly<Record<string, string>>;
}

/** A fault in what a producer makes. */
export interface Fault {
  readonly operator: string;
  readonly place: string;
  readonly apply: (output: Output) => Output;
}

type Path = readonly (string | number)[];

/** Lists the faults that can be put into an output: each operator at each place that it fits. */
export function faultsOf({ payload, headers }: Output): Fault[] {
  return [
    ...valueFaults(payload, []).map(
      ({ operator, place, change }): Fault => ({
        operator,
        place,
        apply: (output) => ({ ...output, payload: change(structuredClone(output.payload)) }),
      }),
    ),
    ...headerFaults(headers),
  ];
}

interface ValueFault {
  readonly operator: string;
  readonly place: string;
  readonly change: (payload: Json) => Json;
}

function valueFaults(value: Json, path: Path): ValueFault[] {
  const place = `/${path.join('/')}`;
  const fault = (operator: string, change: (value: Json) => Json, what = ''): ValueFault => ({
    operator,
    place: `${place}${what}`,
    change: (payload) => changedAt(payload, path, change),
  });
  const faults = [fault('null', () => null), fault('retype', retyped)];
  if (typeof value === 'string') {
    faults.push(fault('wrong value', (text) => `${text}2`));
    faults.push(fault('wrong value', () => '', ' empty'));
    if (/^\d{4}-\d\d-\d\dT/.test(value)) {
      faults.push(fault('wrong form', (text) => `${text}`.slice(0, 10), ' a date alone'));
      faults.push(fault('wrong form', (text) => `${text}`.replace(/Z$/, ''), ' no offset'));
    }
    if (/^[0-9a-f-]{36}$/i.test(value))
      faults.push(fault('wrong form', (text) => `${text}`.replaceAll('-', ''), ' no hyphens'));
  }
  if (typeof value === 'number') faults.push(fault('wrong form', (number) => Number(number) + 0.5));
  if (Array.isArray(value)) {
    faults.push(fault('list of none', () => []));
    faults.push(
      fault('list too long', (list) => [
        ...(list as Json[]),
        ...(list as Json[]),
        ...(list as Json[]),
      ]),
    );
    faults.push(...value.flatMap((item, index) => valueFaults(item, [...path, index])));
  }
  if (isObject(value)) {
    faults.push(
      fault('undocumented member', (object) => ({ ...(object as JsonObject), addedLater: 1 })),
    );
    for (const [name, member] of Object.entries(value)) {
      faults.push(fault('drop', (object) => without(object, name), ` ${name}`));
      faults.push(
        fault(
          'rename',
          (object) => ({ ...without(object, name), [`${name}2`]: member }),
          ` ${name}`,
        ),
        fault(
          'rename',
          (object) => {
            const other = name.includes('_')
              ? name.replaceAll('_', '')
              : `${name[0]?.toUpperCase()}${name.slice(1)}`;
            return { ...without(object, name), [other]: member };
          },
          ` ${name}, in another spelling`,
        ),
      );
      faults.push(...valueFaults(member, [...path, name]));
    }
  }
  return faults;
}

function headerFaults(headers: Output['headers']): Fault[] {
  const fault = (
    place: string,
    change: (headers: Output['headers']) => Output['headers'],
  ): Fault => ({
    operator: 'wrong header',
    place,
    apply: (output) => ({ ...output, headers: change(output.headers) }),
  });
  return Object.keys(headers).flatMap((name) => [
    fault(`${name} left out`, ({ [name]: _, ...others }) => others),
    fault(`${name} of another value`, (all) => ({ ...all, [name]: 'Changed' })),
    fault(`${name} in lower case`, (all) => ({ ...all, [name]: String(all[name]).toLowerCase() })),
    fault(`${name} empty`, (all) => ({ ...all, [name]: '' })),
    fault(`${name} named in lower case`, ({ [name]: value = '', ...others }) => ({
      ...others,
      [name.toLowerCase()]: value,
    })),
    fault(`${name} renamed`, ({ [name]: value = '', ...others }) => ({
      ...others,
      [`X-${name}`]: value,
    })),
  ]);
}

function retyped(value: Json): Json {
  switch (typeof value) {
    case 'string':
      return 12;
    case 'number':
      return String(value);
    case 'boolean':
      return String(value);
    default:
      if (value === null) return 'null';
      return Array.isArray(value) ? { first: value[0] ?? null } : [value];
  }
}

function without(value: Json, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value as JsonObject).filter(([key]) => key !== name));
}

function changedAt(value: Json, [step, ...rest]: Path, change: (value: Json) => Json): Json {
  if (step === undefined) return change(value);
  const inner = changedAt((value as JsonObject)[step] as Json, rest, change);
  if (Array.isArray(value)) return value.with(Number(step), inner);
  return { ...(value as JsonObject), [step]: inner };
}
