const NAME = 'PACT_BROKER_BASE_URL';

let users = 0;
let before: string | undefined;

/**
 * Runs work with the broker that the environment names taken out of it: Pact's verifier would read pacts from there,
 * beside the file that it is given. What was set is set again afterwards.
 */
export async function withoutBroker<T>(work: () => Promise<T>): Promise<T> {
  if (users === 0) before = process.env[NAME];
  users += 1;
  delete process.env[NAME];
  try {
    return await work();
  } finally {
    users -= 1;
    if (users === 0 && before !== undefined) process.env[NAME] = before;
  }
}
