import {
  type BrokerState,
  type ConsumerSelector,
  contentSha,
  type MatrixRow,
  type PublishedPact,
} from './broker-state.js';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Question {
  /** What stood where the path has stars, decoded. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers the requests of one method and path. */
export type Route = readonly [
  method: string,
  /** A star stands for one part of the path. */
  path: string,
  answer: (question: Question) => Answer,
];

/** What a broker says where it has nothing. */
export const notFound: Answer = { status: 404, body: { error: 'Not found' } };

/** Makes the answers of a broker at `base`: each route says what it answers, from what the broker was told. */
export function brokerRoutes(base: string, state: BrokerState): readonly Route[] {
  const link = (...parts: readonly string[]) => ({
    href: `${base}/${parts.map(encodeURIComponent).join('/')}`,
    name: parts.at(-1) ?? '',
    title: parts.at(-2) ?? '',
  });
  const template = (path: string) => ({ href: `${base}${path}`, templated: true });
  const contentParts = ({ consumer, provider, sha }: PublishedPact) =>
    ['pacts', 'provider', provider, 'consumer', consumer, 'pact-version', sha] as const;
  const pactName = ({ consumer, consumerVersion, provider }: PublishedPact) =>
    `Pact between ${consumer} (${consumerVersion}) and ${provider}`;
  const newestOf = (provider = '', consumer = '', sha = '') =>
    state.pacts.findLast(
      (pact) => pact.provider === provider && pact.consumer === consumer && pact.sha === sha,
    );
  const result = (one: (typeof state.results)[number]) => ({
    providerName: one.provider,
    providerApplicationVersion: one.providerVersion,
    success: one.success,
    _links: { self: link('verification-results', String(one.number)) },
  });
  const matrixRow = ({ pact, providerVersion, result }: MatrixRow) => ({
    consumer: { name: pact.consumer, version: { number: pact.consumerVersion } },
    provider: {
      name: pact.provider,
      version: providerVersion ? { number: providerVersion } : null,
    },
    pact: { _links: { self: link(...contentParts(pact)) } },
    verificationResult: result ? { success: result.success } : null,
  });

  const toVerify = ({ parts: [provider = ''], body }: Question): Answer => {
    const { consumerVersionSelectors, providerVersionBranch } = body;
    const selectors = selectorsIn(consumerVersionSelectors);
    if (!selectors) return { status: 400, body: { error: 'This double knows no such selector' } };
    if (!state.versions.has(provider)) return notFound;
    const branch = typeof providerVersionBranch === 'string' ? providerVersionBranch : undefined;
    const pacts = state.pactsToVerify(provider, selectors, branch).map((pact) => ({
      shortDescription: 'latest',
      verificationProperties: { notices: [] },
      _links: { self: { ...link(...contentParts(pact)), name: pactName(pact) } },
    }));
    const self = link('pacts', 'provider', provider, 'for-verification');
    return { status: 200, body: { _embedded: { pacts }, _links: { self } } };
  };

  return [
    [
      'GET',
      '/',
      () => ({
        status: 200,
        body: {
          _links: {
            self: { href: base },
            'pb:publish-contracts': { href: `${base}/contracts/publish` },
            'pb:provider-pacts-for-verification': template(
              '/pacts/provider/{provider}/for-verification',
            ),
            'pb:pacticipant-version': template('/pacticipants/{pacticipant}/versions/{version}'),
            'pb:pacticipant-branch-version': template(
              '/pacticipants/{pacticipant}/branches/{branch}/versions/{version}',
            ),
          },
        },
      }),
    ],
    ['POST', '/contracts/publish', ({ body }) => publish(state, body, link)],
    // The Verifier follows the link with GET first, which a broker answers without selectors.
    ['GET', '/pacts/provider/*/for-verification', toVerify],
    ['POST', '/pacts/provider/*/for-verification', toVerify],
    [
      'GET',
      '/pacts/provider/*/consumer/*/pact-version/*',
      ({ parts: [provider, consumer, sha] }) => {
        const pact = newestOf(provider, consumer, sha);
        if (!pact) return notFound;
        const own = contentParts(pact);
        const version = ['pacticipants', pact.consumer, 'versions', pact.consumerVersion];
        const _links = {
          self: { ...link(...own), name: pactName(pact) },
          'pb:consumer': { ...link('pacticipants', pact.consumer), name: pact.consumer },
          'pb:consumer-version': { ...link(...version), name: pact.consumerVersion },
          'pb:provider': { ...link('pacticipants', pact.provider), name: pact.provider },
          'pb:publish-verification-results': link(...own, 'verification-results'),
        };
        return { status: 200, body: { ...pact.content, _links } };
      },
    ],
    [
      'POST',
      '/pacts/provider/*/consumer/*/pact-version/*/verification-results',
      ({ parts: [provider, consumer, sha], body }) => {
        const pact = newestOf(provider, consumer, sha);
        const { providerApplicationVersion: providerVersion, success } = body;
        if (!pact) return notFound;
        if (typeof providerVersion !== 'string' || typeof success !== 'boolean')
          return { status: 400, body: { errors: ['providerApplicationVersion and success'] } };
        state.addVersion(pact.provider, providerVersion);
        const number = state.results.length + 1;
        const { consumer: name, provider: of } = pact;
        const one = {
          number,
          consumer: name,
          provider: of,
          providerVersion,
          sha: pact.sha,
          success,
        };
        state.results.push(one);
        return { status: 201, body: result(one) };
      },
    ],
    [
      'GET',
      '/pacticipants/*',
      ({ parts: [name = ''] }) =>
        state.versions.has(name)
          ? {
              status: 200,
              body: {
                name,
                _links: {
                  self: link('pacticipants', name),
                  'pb:version': template(
                    `/pacticipants/${encodeURIComponent(name)}/versions/{version}`,
                  ),
                  'pb:branch-version': template(
                    `/pacticipants/${encodeURIComponent(name)}/branches/{branch}/versions/{version}`,
                  ),
                },
              },
            }
          : notFound,
    ],
    [
      'PUT',
      '/pacticipants/*/branches/*/versions/*',
      ({ parts: [name = '', branch = '', version = ''] }) => {
        state.addVersion(name, version, branch);
        return { status: 201, body: {} };
      },
    ],
    [
      'GET',
      '/pacticipants/*/versions/*',
      ({ parts: [name = '', version = ''] }) => {
        if (!state.branchesOf(name, version)) return notFound;
        const own = ['pacticipants', name, 'versions', version];
        const record = state.environments.map((one) => ({
          ...link(...own, 'deployed-versions', 'environment', one.uuid),
          name: one.name,
        }));
        const _links = { self: link(...own), 'pb:record-deployment': record };
        return { status: 200, body: { number: version, _links } };
      },
    ],
    [
      'POST',
      '/pacticipants/*/versions/*/deployed-versions/environment/*',
      ({ parts: [name = '', version = '', uuid = ''] }) => {
        if (!state.branchesOf(name, version)) return notFound;
        if (!state.environments.some((one) => one.uuid === uuid)) return notFound;
        state.deploy(name, version, uuid);
        return { status: 201, body: { currentlyDeployed: true } };
      },
    ],
    [
      'GET',
      '/matrix',
      ({ query }) => {
        const selectors = selectorsOf(query);
        const place = query.get('environment') ?? undefined;
        if (
          selectors.length === 0 ||
          selectors.some(({ pacticipant }) => !state.versions.has(pacticipant))
        )
          return { status: 400, body: { errors: ['Unknown pacticipant'] } };
        if (place !== undefined && !state.environments.some(({ name }) => name === place))
          return { status: 400, body: { errors: [`Environment ${place} does not exist`] } };
        const rows = state.matrix(selectors, place);
        const summary = summaryOf(state, selectors, rows);
        const notices = [{ type: summary.deployable ? 'success' : 'error', text: summary.reason }];
        return { status: 200, body: { summary, notices, matrix: rows.map(matrixRow) } };
      },
    ],
  ];
}

/** Keeps the contracts of a version; changed content of a version that has a pact already is refused. */
function publish(
  state: BrokerState,
  body: Record<string, unknown>,
  link: (...parts: readonly string[]) => object,
): Answer {
  const { pacticipantName, pacticipantVersionNumber: version, branch, contracts } = body;
  if (
    typeof pacticipantName !== 'string' ||
    typeof version !== 'string' ||
    !Array.isArray(contracts)
  )
    return { status: 400, body: { errors: { contracts: ['missing'] } } };
  const pacts = contracts.map(({ consumerName, providerName, content }): PublishedPact => {
    const parsed = JSON.parse(Buffer.from(content, 'base64').toString('utf8'));
    const sha = contentSha(parsed);
    const consumerVersion = version;
    return {
      consumer: consumerName,
      consumerVersion,
      provider: providerName,
      sha,
      content: parsed,
    };
  });
  const known = ({ consumer, provider }: PublishedPact) =>
    state.pactOf(consumer, version, provider);
  const changed = pacts.filter((pact) => (known(pact)?.sha ?? pact.sha) !== pact.sha);
  if (changed.length > 0) {
    const texts = changed.map(
      ({ consumer, provider }) =>
        `Cannot change the content of the pact for ${consumer} version ${version} and provider ${provider}`,
    );
    const notices = texts.map((text) => ({ type: 'error', text }));
    return { status: 409, body: { notices, errors: { contracts: texts } } };
  }
  state.addVersion(pacticipantName, version, typeof branch === 'string' ? branch : undefined);
  state.pacts.push(...pacts.filter((pact) => !known(pact)));
  for (const { provider } of pacts)
    if (!state.versions.has(provider)) state.versions.set(provider, new Map());
  const notices = pacts.map(({ consumer, provider }) => ({
    type: 'success',
    text: `Pact successfully published for ${consumer} version ${version} and provider ${provider}.`,
  }));
  const own = ['pacticipants', pacticipantName];
  const _embedded = {
    pacticipant: { name: pacticipantName, _links: { self: link(...own) } },
    version: { number: version, _links: { self: link(...own, 'versions', version) } },
  };
  const _links = {
    'pb:pacticipant': link(...own),
    'pb:pacticipant-version': link(...own, 'versions', version),
    'pb:pacticipant-version-tags': [],
    'pb:contracts': pacts.map(({ consumer, provider, sha }) => ({
      ...link('pacts', 'provider', provider, 'consumer', consumer, 'pact-version', sha),
      name: `Pact between ${consumer} (${version}) and ${provider}`,
    })),
  };
  return { status: 200, body: { notices, logs: [], _embedded, _links } };
}

/** Reads selectors of consumers' versions; nothing where the double would have to guess what one means. */
function selectorsIn(value: unknown = []): readonly ConsumerSelector[] | undefined {
  const known = ['mainBranch', 'matchingBranch', 'deployedOrReleased'];
  const isKnown = (one: object) =>
    Object.entries(one).every(([key, on]) => known.includes(key) && on === true);
  return Array.isArray(value) && value.every(isKnown) ? value : undefined;
}

/** Reads `q[][pacticipant]=…&q[][version]=…`, where each pacticipant opens a selector. */
function selectorsOf(query: URLSearchParams): { pacticipant: string; version?: string }[] {
  const selectors: { pacticipant: string; version?: string }[] = [];
  for (const [key, value] of query) {
    if (key === 'q[][pacticipant]') selectors.push({ pacticipant: value });
    const last = selectors.at(-1);
    if (key === 'q[][version]' && last) last.version = value;
  }
  return selectors;
}

/** Says whether the selected versions can be deployed: null where something is not known. */
function summaryOf(
  state: BrokerState,
  selectors: readonly { pacticipant: string; version?: string }[],
  rows: readonly MatrixRow[],
) {
  const missing = selectors.filter(
    ({ pacticipant, version }) => version !== undefined && !state.branchesOf(pacticipant, version),
  );
  const success = rows.filter(({ result }) => result?.success === true).length;
  const failed = rows.filter(({ result }) => result?.success === false).length;
  const unknown = rows.length - success - failed;
  const counts = { success, failed, unknown };
  if (missing.length > 0)
    return { deployable: false, reason: 'A version that was asked for does not exist', ...counts };
  if (unknown > 0)
    return { deployable: null, reason: 'There are pacts that were never verified', ...counts };
  if (failed > 0)
    return { deployable: false, reason: 'The verification of a pact failed', ...counts };
  const reason =
    rows.length > 0
      ? 'All required verification results are successful'
      : 'No dependencies missing';
  return { deployable: true, reason, ...counts };
}
