import { templateSource } from '../contract/addresses.js';
import type { Channel, Server, Spec, Variable } from '../spec/model.js';

/** URLs that a message's deliveries go to: those of one server and one channel. */
interface Urls {
  readonly pattern: RegExp;
  /** Some of them. */
  readonly samples: readonly string[];
}

/** Lists the URLs of a message: of all its channels, or of one. */
export function urlsOf({ servers, channels, messages }: Spec, name: string, only?: string): Urls[] {
  const message = messages.find((one) => one.name === name);
  return channels
    .filter(({ id }) => message?.channels.includes(id) === true && (only ?? id) === id)
    .flatMap((channel) =>
      servers
        .filter(({ id }) => channel.servers.includes(id))
        .map((server) => urlsAt(server, channel)),
    );
}

function urlsAt({ url, variables }: Server, { address, parameters }: Channel): Urls {
  const all = [...variables, ...parameters];
  const base = url.replace(/\/$/, '');
  const template =
    address === undefined ? base : `${base}${address.startsWith('/') ? '' : '/'}${address}`;
  const values = new Map(
    all.filter((one) => one.values.length > 0).map((one) => [one.name, one.values]),
  );
  // Where only the consumer knows the address, it may be any path there.
  const rest = address === undefined ? '(?:[/?#].*)?' : '';
  return {
    pattern: new RegExp(`^${templateSource(template, values)}${rest}$`, 'u'),
    samples: samplesOf(template, all),
  };
}

/** How many values of one variable are tried, and how many URLs are made. */
const MAX_VALUES = 50;
const MAX_SAMPLES = 200;

function samplesOf(template: string, variables: readonly Variable[]): string[] {
  let samples = [template];
  for (const { name, values, default: usual } of variables) {
    const tried = values.length > 0 ? values.slice(0, MAX_VALUES) : [usual ?? 'x', 'other'];
    samples = samples
      .flatMap((sample) => tried.map((value) => sample.replaceAll(`{${name}}`, value)))
      .slice(0, MAX_SAMPLES);
  }
  return samples;
}
