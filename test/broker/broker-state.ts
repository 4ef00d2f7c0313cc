import { createHash } from 'node:crypto';

/** A pact as one version of its consumer published it. `sha` stands for its content, whoever published it. */
export interface PublishedPact {
  readonly consumer: string;
  readonly consumerVersion: string;
  readonly provider: string;
  readonly sha: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What a verification said of one content, for one version of the provider. */
export interface VerificationResult {
  readonly number: number;
  readonly consumer: string;
  readonly provider: string;
  readonly providerVersion: string;
  readonly sha: string;
  readonly success: boolean;
}

/** An environment into which versions are deployed. */
export interface Environment {
  readonly uuid: string;
  readonly name: string;
}

/** One version of a consumer beside one of its provider; without a version where none was found. */
export interface MatrixRow {
  readonly pact: PublishedPact;
  readonly providerVersion?: string;
  readonly result?: VerificationResult;
}

/** Which versions of consumers a provider asks for; each kind by itself, as the library and the tests do. */
export interface ConsumerSelector {
  readonly mainBranch?: true;
  readonly matchingBranch?: true;
  readonly deployedOrReleased?: true;
}

/** Asks for a version of a pacticipant. */
export interface VersionSelector {
  readonly pacticipant: string;
  readonly version?: string;
}

/** Tells the content of a pact from any other; the order of keys and the metadata of tools do not count. */
export function contentSha({ metadata: _, ...content }: Readonly<Record<string, unknown>>): string {
  const sorted = JSON.stringify(content, (_key, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('hex').slice(0, 40);
}

/** What a broker was told, and what follows from it: nothing here is prepared for a test. */
export class BrokerState {
  readonly environments: readonly Environment[] = [
    { uuid: '00000000-0000-4000-8000-000000000001', name: 'test' },
    { uuid: '00000000-0000-4000-8000-000000000002', name: 'production' },
  ];
  /** In the order of publishing. */
  readonly pacts: PublishedPact[] = [];
  readonly results: VerificationResult[] = [];
  /** pacticipant → version → its branches. */
  readonly versions = new Map<string, Map<string, Set<string>>>();
  /** pacticipant → uuid of the environment → the version deployed there. */
  readonly #deployed = new Map<string, Map<string, string>>();

  /** Gets the branches of a version, or nothing where the broker never heard of it. */
  branchesOf(pacticipant: string, version: string): Set<string> | undefined {
    return this.versions.get(pacticipant)?.get(version);
  }

  /** Makes a version known, and adds it to a branch. */
  addVersion(pacticipant: string, version: string, branch?: string): void {
    const versions = this.versions.get(pacticipant) ?? new Map<string, Set<string>>();
    this.versions.set(pacticipant, versions);
    const branches = versions.get(version) ?? new Set<string>();
    versions.set(version, branches);
    if (branch !== undefined) branches.add(branch);
  }

  /** Gets the pact of a consumer's version with a provider. */
  pactOf(consumer: string, version: string, provider: string): PublishedPact | undefined {
    return this.pacts.find(
      (one) =>
        one.consumer === consumer && one.consumerVersion === version && one.provider === provider,
    );
  }

  /** Deploys a version; the version that stood there before no longer does. */
  deploy(pacticipant: string, version: string, environment: string): void {
    const places = this.#deployed.get(pacticipant) ?? new Map<string, string>();
    this.#deployed.set(pacticipant, places.set(environment, version));
  }

  /**
   * Gets what a provider has to verify: of each consumer the newest pact of its main branch, that of the provider's
   * branch, and the pacts of what is deployed anywhere, as far as they are selected. Nothing is ever released.
   */
  pactsToVerify(
    provider: string,
    selectors: readonly ConsumerSelector[],
    providerBranch: string | undefined,
  ): PublishedPact[] {
    const own = this.pacts.filter((pact) => pact.provider === provider);
    const selected = [...new Set(own.map(({ consumer }) => consumer))].flatMap((consumer) => {
      const ofConsumer = own.filter((pact) => pact.consumer === consumer);
      const places = new Set(this.#deployed.get(consumer)?.values());
      return selectors.flatMap(({ mainBranch, matchingBranch, deployedOrReleased }) => [
        mainBranch && ofConsumer.findLast((pact) => this.#isOn(pact, 'main')),
        matchingBranch && ofConsumer.findLast((pact) => this.#isOn(pact, providerBranch)),
        ...ofConsumer.filter((pact) => deployedOrReleased && places.has(pact.consumerVersion)),
      ]);
    });
    const pacts = selected.filter((pact) => pact !== undefined);
    return [...new Map(pacts.map((pact) => [`${pact.consumer} ${pact.sha}`, pact])).values()];
  }

  #isOn({ consumer, consumerVersion }: PublishedPact, branch = ''): boolean {
    return this.branchesOf(consumer, consumerVersion)?.has(branch) ?? false;
  }

  /** Gets the newest result of a content and a version of the provider. */
  latestResult(pact: PublishedPact, providerVersion: string): VerificationResult | undefined {
    return this.results.findLast(
      (one) =>
        one.sha === pact.sha &&
        one.consumer === pact.consumer &&
        one.provider === pact.provider &&
        one.providerVersion === providerVersion,
    );
  }

  /**
   * Gets the rows that decide whether the selected versions can be deployed: every pact of theirs as consumer,
   * and every pact as provider that a counterpart has. The counterpart is what else was selected, or what is
   * deployed in the environment, or any version where there is neither.
   */
  matrix(selectors: readonly VersionSelector[], environment?: string): MatrixRow[] {
    const versionsOf = (pacticipant: string): readonly string[] => {
      const selected = selectors.find((one) => one.pacticipant === pacticipant);
      if (selected?.version !== undefined) return [selected.version];
      const place = environment && this.environments.find(({ name }) => name === environment)?.uuid;
      if (!place) return [...(this.versions.get(pacticipant)?.keys() ?? [])];
      const deployed = this.#deployed.get(pacticipant)?.get(place);
      return deployed === undefined ? [] : [deployed];
    };
    const names = new Set(selectors.map(({ pacticipant }) => pacticipant));
    const counts = ({ consumer, provider }: PublishedPact) =>
      names.size > 1
        ? names.has(consumer) && names.has(provider)
        : names.has(consumer) || names.has(provider);
    return this.pacts
      .filter((pact) => counts(pact) && versionsOf(pact.consumer).includes(pact.consumerVersion))
      .flatMap((pact): MatrixRow[] => {
        const rows = versionsOf(pact.provider).flatMap((providerVersion) => {
          const result = this.latestResult(pact, providerVersion);
          return result ? [{ pact, providerVersion, result }] : [];
        });
        return rows.length > 0 ? rows : [{ pact }];
      });
  }
}
