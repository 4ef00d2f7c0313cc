import { type Config, defaultConfig, type SpecNames } from '../config/config.js';
import { forgetLanguages } from '../contract/language.js';
import type { Message } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { actionsOn, actionsWith, eitherAction } from './carried-actions.js';
import { compareBindings } from './compare-bindings.js';
import { compareCredentials } from './compare-credentials.js';
import { compareDelivery } from './compare-delivery.js';
import { compareMeanings } from './compare-meanings.js';
import { compareMessage, type Sides } from './compare-messages.js';
import { compareNames } from './compare-names.js';
import { channelNames, compareOperation, lonelyOperations } from './compare-operations.js';
import { compareAddresses, compareServers, pairServers } from './compare-places.js';
import { compareRoutes } from './compare-routes.js';
import { SchemaComparison } from './compare-schemas.js';
import { Side } from './deliveries.js';
import type { Difference } from './difference.js';
import { distinctDifferences } from './distinct-differences.js';
import { lonelyMessages } from './lonely-messages.js';
import { pairChannels, pairMessages, pairOperations } from './pairs.js';
import { successionsOf, takenOver } from './successions.js';
import { Takers } from './takers.js';

/**
 * Lists what is different between two documents, by meaning: through references, renames of components and other ways
 * to say the same. `oldConfig` is the configuration of the old one, where that is another.
 */
export function compare(
  old: SpecDocument,
  now: SpecDocument,
  config: Config = defaultConfig,
  oldConfig: Config = config,
): Difference[] {
  forgetLanguages();
  const [before, after] = [new Side(old, 'old'), new Side(now, 'new')];
  const schemas = new SchemaComparison(before.guarantee, after.guarantee);
  const sides: Sides = { old: before, now: after, schemas };

  const messages = pairMessages(sides, old.spec, now.spec);
  const channels = pairChannels(sides, messages);
  const operations = pairOperations(sides, messages, channels);
  const servers = pairServers(sides);
  const takers = new Takers(sides, channels, operations);
  const successions = successionsOf(messages, takers);
  const actions = eitherAction(
    [...old.spec.operations, ...now.spec.operations].map(({ action }) => action),
  );
  const actionsOfChannel = (channel: string, age: 'old' | 'now') =>
    eitherAction(actionsOn(sides[age], channel));
  const actionsOfMessage = (message: Message, age: 'old' | 'now') =>
    eitherAction(actionsWith(sides[age], message));

  return distinctDifferences([
    ...compareServers(takers, servers, successions),
    ...channelNames(channels, actionsOfChannel),
    ...compareAddresses(takers, channels, servers, successions, actionsOfChannel),
    ...operations.pairs.flatMap((one) => compareOperation(sides, one, messages.pairs)),
    ...compareCredentials(sides, { operations, servers, messages }, actions),
    ...lonelyOperations(takers.requests, { operations, channels, messages }),
    ...compareRoutes(takers, { operations, channels, messages }),
    ...messages.pairs.flatMap((one) => {
      const own = eitherAction([...actionsWith(before, one.old), ...actionsWith(after, one.now)]);
      return [...compareMessage(sides, one, own, takers), ...compareMeanings(sides, one, own)];
    }),
    ...takenOver(takers, messages),
    ...lonelyMessages(takers, messages, actionsOfMessage),
    ...compareDelivery(sides, actions),
    ...compareBindings(sides, { operations, channels, messages, actions }),
    ...compareNames(
      sides,
      messages,
      {
        old: oldConfig.names[old.spec.name] ?? NO_NAMES,
        now: config.names[now.spec.name] ?? NO_NAMES,
      },
      actions,
    ),
  ]);
}

const NO_NAMES: SpecNames = { messages: {}, schemas: {} };
