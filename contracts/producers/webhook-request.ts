/** A message of a document, made from domain objects: what is sent, without the credentials. */
export interface Message<Payload = unknown> {
  readonly payload: Payload;
  /** The headers that the document names for this message. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request, ready to be sent as often as the rules ask for. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Makes the headers that prove where a body comes from. */
export type Sign = (body: Uint8Array) => Promise<Readonly<Record<string, string>>>;

/** Writes the request of a message: its bytes first, then the credentials over exactly these bytes. */
export async function writeRequest(
  url: string,
  { payload, headers }: Message,
  sign?: Sign,
): Promise<WebhookRequest> {
  const body = new TextEncoder().encode(JSON.stringify(payload));
  const credentials = await sign?.(body);
  return { url, headers: { ...credentials, ...headers, 'Content-Type': 'application/json' }, body };
}
