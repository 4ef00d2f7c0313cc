import * as mews from '../../generated/mews/index.js';

/** The secret that the receivers of adapters' tests know. */
export const SECRET = 'a secret for tests';

/** A payload of Mews that fits its schema. */
export const sample = mews.messages[0].examples[0]?.payload;

/** A good body, with white space that parsing and writing would lose. */
export const good = `  ${JSON.stringify(sample, null, '\t')}\r\n`;

export const json = { 'Content-Type': 'application/json' };

/** Returns the headers of a delivery with a right signature. */
export async function signed(body = good): Promise<Record<string, string>> {
  return { ...json, ...(await mews.sign(body, { secret: SECRET })) };
}

/** What one good delivery leaves. */
export const handledOnce = {
  handled: ['booking.status.updated'],
  unknown: [],
  refused: [],
  errors: [],
};
