import { type Producing, verifyProducer } from '../../scripts/pact/index.js';

/** Verifies as `docs/broker.md` prints it: the body of this function stands there word for word. */
export async function verifyByEnvironment(
  messages: Readonly<Record<string, Producing>>,
): Promise<void> {
  const { CI, GIT_COMMIT = '', GIT_BRANCH = '' } = process.env;

  await verifyProducer({
    spec: 'mews',
    producer: 'mews',
    messages,
    broker: {
      url: process.env.PACT_BROKER_BASE_URL ?? '',
      token: process.env.PACT_BROKER_TOKEN,
      publish: CI ? { version: GIT_COMMIT, branch: GIT_BRANCH } : undefined,
    },
  });
}
