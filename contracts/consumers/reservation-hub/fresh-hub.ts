/** For tests: a hub on an empty database in memory, and what its senders bear. */
import { type HubDatabase, openDatabase } from './database.js';
import { startHub } from './server.js';

/** The credentials of the senders, in the form that `sign` of their modules takes. */
export const credentials = {
  mozrest: { token: 'token-of-the-reservation-software' },
  mews: { secret: 'secret of the Mews endpoint' },
  quandoo: { headers: { 'X-Hub-Token': 'agreed with Quandoo' } },
  eRes: { headers: { 'X-Hub-Key': 'agreed with e-Res' } },
} as const;

/** A running hub whose database can be looked into. */
export interface FreshHub {
  readonly url: string;
  readonly database: HubDatabase;
  /** What it logged. */
  readonly logged: string[];
  close(): Promise<void>;
}

/** Starts a hub with nothing in it. */
export async function startFreshHub(): Promise<FreshHub> {
  const database = openDatabase();
  const logged: string[] = [];
  const { mozrest, mews, quandoo, eRes } = credentials;
  const hub = await startHub({
    database,
    mozrest: { tokens: [mozrest.token] },
    mews: { secrets: [mews.secret] },
    quandoo: {
      headers: { 'X-Hub-Token': [quandoo.headers['X-Hub-Token']] },
    },
    eRes: { headers: { 'X-Hub-Key': [eRes.headers['X-Hub-Key']] } },
    log: (line) => logged.push(line),
  });
  return {
    url: hub.url,
    database,
    logged,
    async close() {
      await hub.close();
      database.close();
    },
  };
}
