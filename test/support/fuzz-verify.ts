import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { verifyPacts } from '../../scripts/contract/verify-pacts.js';
import { readSpec } from '../../scripts/spec/read-spec.js';
import {
  type Any,
  kindOf,
  type Mismatch,
  mismatches,
  rulesOf,
  type TestContents,
} from './pact-matching.js';
import { type Random, randomFrom } from './random.js';
import { pactOf, randomContents } from './random-pacts.js';
import { followed, type RandomSchema, randomDelivery, randomSchema } from './random-schemas.js';
import { temporaryFolder } from './temporary-folder.js';

/** What many rounds of random schemas and pacts came to. */
export interface FuzzedVerify {
  readonly rounds: number;
  readonly interactions: number;
  readonly clean: number;
  readonly problems: Readonly<Record<string, number>>;
  /** Deliveries that the document allows and an interaction without problems does not match. */
  readonly falsePasses: readonly Case[];
  /** Problems about deliveries of which no delivery shows what they say. */
  readonly unwitnessed: readonly Case[];
  /** How many problems deliveries did show. */
  readonly witnessed: number;
}

interface Case {
  readonly seed: number;
  readonly schema: RandomSchema;
  readonly pact: readonly TestContents[];
  readonly at: number;
  readonly what: Any;
}

const REQUIREMENTS = [
  'pact.rule.broken',
  'pact.field.optional',
  'pact.value.nullable',
  'pact.list.empty',
];

/** Compares verdicts about random pacts with deliveries that random schemas allow. */
export function fuzzVerify({
  seed,
  rounds,
  deliveries = 60,
  witnesses = 500,
}: {
  readonly seed: number;
  readonly rounds: number;
  readonly deliveries?: number;
  readonly witnesses?: number;
}): FuzzedVerify {
  const folder = temporaryFolder();
  const problems: Record<string, number> = {};
  const falsePasses: Case[] = [];
  const unwitnessed: Case[] = [];
  let [interactions, clean, witnessed, done] = [0, 0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const random = randomFrom(seed + round);
    const schema = randomSchema(random);
    const allowed = deliveriesOf(schema, random, deliveries);
    if (allowed.length < 5) continue;
    const pact = Array.from({ length: random.pick([1, 1, 2, 3]) }, () =>
      randomContents(random.pick(allowed), random),
    );
    const found = verify(folder, schema, pact);
    if (found === undefined) continue;
    done += 1;
    let more: Any[] | undefined;
    for (const [at, contents] of pact.entries()) {
      interactions += 1;
      const own = found.filter(({ pointer }) => `${pointer}/`.startsWith(`/interactions/${at}/`));
      for (const { code } of own) problems[code] = (problems[code] ?? 0) + 1;
      const concerned = (delivery: Any) => concerns(schema, contents, delivery);
      const others = pact.filter((one) => one !== contents);
      const broken = (delivery: Any) =>
        mismatches(contents, delivery, 'examples').filter(
          (one) => !others.some((other) => shows(other, one)),
        );
      if (own.length === 0) {
        clean += 1;
        for (const delivery of allowed) {
          const [first] = concerned(delivery) ? broken(delivery) : [];
          if (first === undefined) continue;
          falsePasses.push({ seed: seed + round, schema, pact, at, what: { delivery, first } });
          break;
        }
      }
      for (const one of own.filter(({ code }) => REQUIREMENTS.includes(code))) {
        const isShown = (delivery: Any) =>
          mismatches(contents, delivery, 'examples').some((mismatch) => isAbout(one, mismatch));
        more ??= deliveriesOf(schema, random, witnesses);
        if (more.some((delivery) => isShown(delivery) && concerned(delivery))) witnessed += 1;
        else unwitnessed.push({ seed: seed + round, schema, pact, at, what: one });
      }
    }
  }
  return { rounds: done, interactions, clean, problems, falsePasses, unwitnessed, witnessed };
}

interface Found {
  readonly code: string;
  readonly pointer: string;
  readonly text: string;
}

function verify(
  folder: string,
  { payload, schemas }: RandomSchema,
  pact: readonly TestContents[],
): Found[] | undefined {
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Random', version: '1.0.0' },
    channels: {
      hooks: { address: null, messages: { thing: { name: 'thing.happened', payload } } },
    },
    operations: { sendThings: { action: 'send', channel: { $ref: '#/channels/hooks' } } },
    components: { schemas },
  };
  const spec = join(folder, 'random.asyncapi.json');
  const file = join(folder, 'reader-writer.json');
  writeFileSync(spec, JSON.stringify(document));
  writeFileSync(file, JSON.stringify(pactOf(pact)));
  const read = readSpec(spec);
  if (read.spec === undefined) return undefined;
  return verifyPacts([file], [read.spec]).problems.map(({ code, locations, text }) => ({
    code,
    pointer: locations[0]?.pointer ?? '',
    text,
  }));
}

const validators = new WeakMap<RandomSchema, (value: Any) => boolean>();

/** Returns a plain Ajv's verdict. */
export function validatorOf(schema: RandomSchema): (value: Any) => boolean {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const ajv = new Ajv({ strict: false, logger: false });
  addFormats.default(ajv);
  const root = { ...schema.payload, components: { schemas: schema.schemas } };
  const validate = ajv.compile(root);
  const judge = (value: Any) => validate(value) === true;
  validators.set(schema, judge);
  return judge;
}

/** Makes deliveries that a schema allows. */
export function deliveriesOf(schema: RandomSchema, random: Random, count: number): Any[] {
  const isValid = validatorOf(schema);
  const found: Any[] = [];
  for (let left = count; left > 0; left -= 1) {
    const delivery = randomDelivery(schema, random);
    if (delivery !== undefined && isValid(delivery)) found.push(delivery);
  }
  return found;
}

/**
 * Tells whether an interaction is about a delivery: no constant without a rule says otherwise, and the delivery would
 * still be one with the values without rules in it.
 */
function concerns(schema: RandomSchema, { content, rules }: TestContents, delivery: Any): boolean {
  const isValid = validatorOf(schema);
  const ruleAt = rulesOf(rules);
  const isRuled = (path: readonly (string | number)[]) => {
    const isEach = (one: Any) => one.match === 'eachValue';
    return (
      ruleAt(path) !== undefined || ruleAt(path.slice(0, -1))?.rule.matchers.some(isEach) === true
    );
  };
  for (const isFilled of [false, true]) {
    let isOther = false;
    const put = (shown: Any, held: Any, schemas: readonly Any[], path: readonly Any[]): Any => {
      if (typeof shown !== 'object' || shown === null) {
        if (isRuled(path)) return held;
        if (schemas.some(isConstant) && shown !== held) isOther = true;
        return shown;
      }
      if (typeof held !== 'object' || held === null || Array.isArray(shown) !== Array.isArray(held))
        return held;
      const copy = Array.isArray(held) ? [...held] : { ...held };
      for (const [key, item] of Object.entries(shown)) {
        const step = Array.isArray(held) ? Number(key) : key;
        const inner = schemasBelow(schema, schemas, step);
        if (Object.hasOwn(held, key)) copy[key] = put(item, held[key], inner, [...path, step]);
        else if (isFilled && !Array.isArray(held) && !isRuled([...path, step])) copy[key] = item;
      }
      return copy;
    };
    const changed = put(content, delivery, opened(schema, [schema.payload]), []);
    if (isOther || !isValid(changed)) return false;
  }
  return true;
}

function isConstant(schema: Any): boolean {
  return schema?.const !== undefined || schema?.enum?.length === 1;
}

/** Lists schemas and all that they are made of, at the same place. */
function opened(root: RandomSchema, schemas: readonly Any[]): Any[] {
  const found: Any[] = [];
  const open = [...schemas];
  while (open.length > 0) {
    const schema = followed(root, open.pop());
    if (typeof schema !== 'object' || schema === null || found.includes(schema)) continue;
    found.push(schema);
    open.push(...[schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => list ?? []));
    open.push(...[schema.if, schema.then, schema.else, schema.not]);
    for (const brought of Object.values(schema.dependencies ?? {})) open.push(brought);
  }
  return found;
}

function schemasBelow(root: RandomSchema, schemas: readonly Any[], step: string | number): Any[] {
  const below = schemas.flatMap((schema): Any[] => {
    if (typeof step === 'number') {
      return Array.isArray(schema.items) ? [schema.items[step]] : [schema.items];
    }
    const patterns = Object.entries(schema.patternProperties ?? {})
      .filter(([pattern]) => new RegExp(pattern, 'u').test(step))
      .map(([, inner]) => inner);
    return [schema.properties?.[step], schema.additionalProperties, ...patterns];
  });
  return opened(root, below);
}

const named = (path: readonly Any[]) => path.filter((step) => typeof step === 'string');

/** The names of members that random maps have: what one shows of a map's value, it shows of all. */
const MAP_KEY = /^(?:k\d|zz|q|Long name)$/;

/** Tells whether another interaction shows the absence, the type or the empty list that this one can't take. */
function shows({ content }: TestContents, { path, kind, type, length }: Mismatch): boolean {
  const names = named(path);
  const visit = (value: Any, left: readonly Any[]): boolean => {
    if (Array.isArray(value) && (left.length > 0 || value.length > 0)) {
      if (value.some((item) => visit(item, left))) return true;
    }
    const [name, ...rest] = left;
    if (name === undefined) {
      if (kind !== 'absent' && type !== undefined && kindOf(value) === type) return true;
      if (length !== undefined && Array.isArray(value) && value.length !== length) return true;
      return kind === 'empty' && Array.isArray(value) && value.length === 0;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const isMap = MAP_KEY.test(name) && rest.length + Number(kind !== 'absent') > 0;
    if (isMap) return Object.values(value).some((item) => visit(item, rest));
    if (Object.hasOwn(value, name)) return visit(value[name], rest);
    return kind === 'absent' && rest.length === 0;
  };
  return visit(content, names);
}

const KINDS: Readonly<Record<string, Mismatch['kind']>> = {
  'pact.field.optional': 'absent',
  'pact.value.nullable': 'null',
  'pact.list.empty': 'empty',
};

function isAbout({ code, pointer }: Found, { path, kind, rule }: Mismatch): boolean {
  const tokens = pointer
    .split('/')
    .slice(3)
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
  if (tokens[0] === 'matchingRules') return rule === tokens.at(-1);
  const names = tokens.slice(2).filter((token) => !/^\d+$/.test(token));
  const isHere = JSON.stringify(names) === JSON.stringify(named(path));
  return isHere && (KINDS[code] === undefined || KINDS[code] === kind);
}
