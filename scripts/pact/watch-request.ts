import { ContractBroken, reasonOf } from './contract-broken.js';
import { listenOnLoopback, type RawRequest } from './loopback.js';

/** What is wrong with a request, and the status that it is answered with. */
export interface Judgement {
  readonly problems: readonly string[];
  readonly status: number;
}

/** Runs `send` with the URL of a server whose first request is judged; throws what is wrong with it all. */
export async function watchRequest(
  path: string,
  send: (url: string) => unknown,
  judge: (request: RawRequest) => Promise<Judgement>,
): Promise<void> {
  const problems: string[] = [];
  let requests = 0;
  const server = await listenOnLoopback(async (request) => {
    requests += 1;
    if (requests > 1) return { status: 500, body: 'one request is expected' };
    const found = await judge(request).catch((error) => ({
      problems: [reasonOf(error)],
      status: 500,
    }));
    problems.push(...found.problems);
    return { status: found.status, body: found.problems.join('\n') };
  });
  try {
    await send(`${server.url}${path}`);
  } catch (error) {
    problems.push(`send failed: ${reasonOf(error)}`);
  } finally {
    await server.close();
  }
  if (requests === 0 && problems.length === 0) {
    problems.push('no request was sent before send ended: let it return or await what it sends');
  }
  if (requests > 1) {
    problems.push(
      `${requests} requests were sent, and one is expected: let each deliver send one, and return or await it`,
    );
  }
  if (problems.length > 0) throw new ContractBroken(problems);
}
