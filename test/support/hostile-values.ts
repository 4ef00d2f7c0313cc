/** Names of members that every object inherits, or that some have which are treated in a way of their own. */
export const inheritedNames = [
  ...['toString', 'valueOf', 'constructor', 'hasOwnProperty', 'length', 'toJSON', 'then'],
];

/** Makes values that no JSON parser returns, or that break code which trusts its input. */
export function hostileValues(): readonly (readonly [name: string, value: unknown])[] {
  const throwing = () => {
    throw new Error('a trap was sprung');
  };
  const traps: ProxyHandler<object> = {};
  for (const trap of Object.getOwnPropertyNames(Reflect)) {
    (traps as Record<string, unknown>)[trap] = throwing;
  }
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const cyclic: Record<string, unknown> = {};
  cyclic.data = cyclic;
  cyclic.meta = cyclic;
  const cyclicList: unknown[] = [];
  cyclicList.push(cyclicList, cyclicList);
  const getter = (name: string) =>
    Object.defineProperty({}, name, { get: throwing, enumerable: true });
  return [
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['0', 0],
    ['-0', -0],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a text', 'text'],
    ['a lone surrogate', '\ud800'],
    ['a bigint', 10n],
    ['a symbol', Symbol('symbol')],
    ['a function', throwing],
    ['a class', class {}],
    ['a date', new Date(0)],
    ['an invalid date', new Date(Number.NaN)],
    ['a map', new Map([['data', 1]])],
    ['an expression', /./],
    ['bytes', new Uint8Array(4)],
    ['a promise', Promise.resolve()],
    ['a list of holes', Object.assign([], { length: 3 })],
    ['a list with members', Object.assign([1], { data: 1, length: 3 })],
    ['an object without a prototype', Object.create(null)],
    ['a proxy that throws', new Proxy({}, traps)],
    ['a list proxy that throws', new Proxy([], traps)],
    ['a function proxy that throws', new Proxy(throwing, traps)],
    ['a revoked proxy', revoked],
    ['a cyclic object', cyclic],
    ['a cyclic list', cyclicList],
    ['a list 20,000 deep', nested(20_000, (inner) => [inner])],
    ['an object 20,000 deep', nested(20_000, (data) => ({ data }))],
    ['a getter that throws', getter('data')],
    [
      'an object whose conversion throws',
      { toString: throwing, valueOf: throwing, [Symbol.toPrimitive]: throwing },
    ],
    ...inheritedNames.map((name) => [`an object with ${name}`, { [name]: null }] as const),
    ['an own __proto__', JSON.parse('{"__proto__":{"data":{"id":"1"}},"data":{"__proto__":null}}')],
  ];
}

/** Wraps a value again and again. */
export function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = null;
  for (let level = 0; level < depth; level += 1) value = wrap(value);
  return value;
}

/** Returns copies of a payload in which each member in turn, at any depth, is replaced by a value. */
export function replacements(payload: unknown, value: unknown): unknown[] {
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.keys(payload).flatMap((name) => {
    const put = (member: unknown) => {
      const copy: Record<string, unknown> | unknown[] = Array.isArray(payload)
        ? [...payload]
        : { ...payload };
      (copy as Record<string, unknown>)[name] = member;
      return copy;
    };
    const inner = (payload as Record<string, unknown>)[name];
    return [put(value), ...replacements(inner, value).map(put)];
  });
}
