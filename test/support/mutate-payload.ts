import type { Random } from './random.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const dateTimes = [
  '2025-02-06T09:41:30Z',
  '2025-02-06t09:41:30z',
  '2025-02-06 09:41:30Z',
  '2025-02-06T09:41:30.465+01:00',
  '2025-02-06T09:41:30.465-0130',
  '2025-02-06T09:41:30+01',
  '2025-02-06T09:41:30+24:00',
  '2025-02-06T09:41:30+01:60',
  '2025-02-06T09:41:30',
  '2025-02-06T09:41:30.Z',
  '2025-02-06T09:41Z',
  '2025-02-06T09:60:30Z',
  '2025-02-06T09:41:60Z',
  '2025-02-06T24:00:00Z',
  '2025-02-06T23:59:60Z',
  '2025-02-06T22:59:60-01:00',
  '2025-02-06T23:59:61Z',
  '2025-02-29T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '2025-06-31T00:00:00Z',
  '+2025-02-06T09:41:30Z',
  '２025-02-06T09:41:30Z',
  '2025-02-06',
] as const;

const uuids = [
  '98656C4A-950D-4B19-B7EF-AD1744E92B53',
  'urn:uuid:98656c4a-950d-4b19-b7ef-ad1744e92b53',
  'URN:UUID:98656c4a-950d-4b19-b7ef-ad1744e92b53',
  '{98656c4a-950d-4b19-b7ef-ad1744e92b53}',
  '98656c4a950d4b19b7efad1744e92b53',
  '98656c4a-950d-4b19-b7ef-ad1744e92b53\n',
  '00000000-0000-0000-0000-000000000000',
  '98656c4a-950d-4b19-b7ef-ad1744e92b5g',
  '98656c4a-950d-4b19-b7ef-ad1744e92b5',
] as const;

const texts = ['', ' ', '0', 'null', '\u0000', '\ud800', ...dateTimes, ...uuids] as const;

const numbers = [
  0, -0, 1, -1, 0.5, 1.0000000001, 2147483647, 2147483648, -2147483648, -2147483649, 4294967296,
  9007199254740991, 9007199254740992, 1e21, 1e308, -1e308, 5e-324,
] as const;

/**
 * Makes a function that returns payloads near the given ones: copies with none to four mutations. `words` are
 * texts and constants of the document, to be put in places where they do and do not belong.
 */
export function payloadMutator(
  seeds: readonly Json[],
  words: readonly Json[],
  random: Random,
): () => Json {
  const value = (): Json =>
    random.pick<() => Json>([
      () => random.pick(texts),
      () => random.pick(numbers),
      () => random.pick(words),
      () => random.pick(words),
      () => random.pick([null, true, false]),
      () => random.pick<Json>([[], {}, [null], [{}], { id: null }]),
      () => structuredClone(random.pick(seeds)),
    ])();
  const edited = (text: string): string => {
    const at = random.below(text.length + 1);
    const part = random.pick([
      '',
      '0',
      '9',
      'Z',
      '-',
      ':',
      ' ',
      '.',
      'é',
      text.charAt(at).toUpperCase(),
    ]);
    return text.slice(0, at) + part + text.slice(at + random.below(2));
  };
  const near = (old: Json): Json => {
    if (typeof old === 'string') {
      const kin = /^\d{4}-\d\d-/.test(old) ? dateTimes : /^[\da-f]{8}-/i.test(old) ? uuids : texts;
      return random.below(2) === 0
        ? edited(old)
        : random.pick<Json>([random.pick(kin), random.pick(words)]);
    }
    if (typeof old === 'number') {
      const sum = old + random.pick(numbers);
      return random.below(2) === 0 && Number.isFinite(sum) ? sum : random.pick(numbers);
    }
    return value();
  };
  const mutate = (payload: Json): Json => {
    const entries = entriesOf(payload);
    if (entries.length === 0 || random.below(50) === 0) return value();
    const { holder, key } = random.pick(entries);
    const members = holder as { [name: string]: Json };
    random.pick([
      () => {
        members[key] = near(members[key] ?? null);
      },
      () => {
        members[key] = near(members[key] ?? null);
      },
      () => {
        members[key] = value();
      },
      () => {
        if (Array.isArray(holder)) holder.splice(random.below(holder.length + 1), 1);
        else delete members[key];
      },
      () => {
        if (Array.isArray(holder)) holder.push(structuredClone(holder[0] ?? value()));
        else members[random.pick(['added', 'constructor', 'data', 'status', key])] = value();
      },
    ])();
    return payload;
  };
  return () => {
    let payload = structuredClone(random.pick(seeds));
    for (let left = random.below(5); left > 0; left -= 1) payload = mutate(payload);
    return payload;
  };
}

/** Lists every member and item at any depth; an empty object or list has one that could be added. */
function entriesOf(value: Json): { holder: Json[] | { [name: string]: Json }; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.keys(value).map((key) => ({ holder: value, key }));
  return [
    ...(own.length > 0 ? own : [{ holder: value, key: Array.isArray(value) ? '0' : 'added' }]),
    ...Object.values(value).flatMap(entriesOf),
  ];
}
