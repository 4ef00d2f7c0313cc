import { statusesOf } from '../../generate/statuses.js';
import type { DeliveryRule, Json, Spec } from '../../spec/model.js';
import {
  type Block,
  code,
  type Diagram,
  type Inline,
  notStated,
  paragraph,
  prose,
  type Section,
  type Step,
} from '../content.js';
import { originOf } from './origin.js';

/** The rules that a document can state, and what each is about. */
export const deliveryRules: Readonly<Record<string, string>> = {
  success: 'Counts as delivered',
  failure: 'Counts as failed',
  responseBody: 'Body of the answer',
  attempts: 'Attempts at most',
  retryDelay: 'Time between attempts',
  timeout: 'Time to answer',
  ordering: 'Order',
  fallback: 'Fallback',
  deliveryId: 'Id of a delivery',
  repeats: 'What may repeat',
};

/** Says what a rule states. */
export function ruleValue(rule: DeliveryRule | undefined): Inline[] {
  return rule?.value === undefined ? [notStated] : valueWords(rule.value);
}

function valueWords(value: Json): Inline[] {
  if (Array.isArray(value)) return [value.map(String).join(', ')];
  return typeof value === 'string' ? [prose(value)] : [String(value)];
}

/** Describes how deliveries are answered and repeated, and what a receiver does well to answer. */
export function deliverySection(spec: Spec): Section {
  const { delivery } = spec;
  const rows = Object.entries(deliveryRules).map(([name, title]) => {
    const rule = delivery.rules.get(name);
    const origin = rule === undefined ? [] : originOf(rule, spec);
    return [[title], ruleValue(rule), rule?.note === undefined ? [] : [prose(rule.note)], origin];
  });
  return {
    id: 'delivery',
    title: 'Delivery rules',
    finds: 'section',
    words: `retry retries answer response ${Object.values(deliveryRules).join(' ')}`,
    blocks: [
      { kind: 'diagram', diagram: diagramOf(spec) },
      {
        kind: 'table',
        label: 'Delivery rules',
        columns: ['Rule', 'Value', 'Note', 'Source'],
        rows,
      },
    ],
    sections: [{ id: 'answers', title: 'What to answer', blocks: answers(spec), sections: [] }],
  };
}

function answers({ delivery, credentials }: Spec): Block[] {
  const isSigned = credentials.length > 0;
  const { accepted, unauthentic, malformed, tooLarge, invalid, failed } = statusesOf(delivery);
  const rows: (readonly [string, number])[] = [
    ['A message that fits its schema, and one that is not described here', accepted],
    ...(isSigned ? [['Credentials are missing or wrong', unauthentic] as const] : []),
    ['The body is not JSON', malformed],
    ['The body is too large', tooLarge],
    ['A message that breaks its schema', invalid],
    ['The receiver itself fails', failed],
  ];
  const reason =
    delivery.success === undefined
      ? 'The document does not say which statuses count as delivered; the usual ones of HTTP are safe. '
      : '';
  return [
    paragraph(`${reason}The generated receiver answers as follows:`),
    {
      kind: 'table',
      label: 'What to answer',
      columns: ['What came', 'Status'],
      rows: rows.map(([what, status]) => [[what], [code(String(status))]]),
    },
  ];
}

/** Draws a delivery: the request, its answer, and what follows a failure. */
function diagramOf(spec: Spec): Diagram {
  const { delivery, operations, credentials } = spec;
  const rule = (name: string) => delivery.rules.get(name);
  const methods = [...new Set(operations.map(({ method = 'POST' }) => method))].join(' or ');
  const addresses = [...new Set(operations.map(({ address }) => address))];
  const [address] = addresses.length === 1 ? addresses : [];
  const header = credentials.map((one) => ('header' in one ? one.header : undefined))[0];
  const carries = header === undefined ? '' : `, ${header}`;
  const step = (from: number, to: number, text: string, isFallback = false): Step => {
    return { from, to, text, isFallback };
  };
  const attempts = rule('attempts')?.value;
  const again =
    attempts === 1
      ? 'Not sent again'
      : `Again: ${attempts === undefined ? 'not stated' : `${attempts} attempts at most`}`;
  const delay = attempts === 1 ? '' : `; time between: ${words(rule('retryDelay'))}`;
  const fallback = rule('fallback')?.value;
  const proof = credentials.length === 0 ? 'Check the schema' : 'Check origin and schema';
  return {
    title: `A delivery of ${spec.title}`,
    parties: ['Producer', 'Consumer', ...(fallback === undefined ? [] : ['Fallback'])],
    steps: [
      step(0, 1, `${methods || 'POST'} ${address ?? 'to its URL'}${carries}`),
      step(1, 1, proof),
      step(1, 0, `Delivered: ${words(rule('success'))}`),
      step(1, 0, `Failed: ${words(rule('failure'))}`, true),
      step(0, 0, `No answer in time: ${words(rule('timeout'))}`, true),
      step(0, attempts === 1 ? 0 : 1, `${again}${delay}`, true),
      ...(fallback === undefined ? [] : [step(0, 2, String(fallback), true)]),
    ],
  };
}

function words(rule: DeliveryRule | undefined): string {
  const value = rule?.value;
  if (value === undefined) return 'not stated';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
