/** Documents of one message, `ping`, for the schemes of signing that no provider has. */
export const schemeDocuments: Readonly<Record<'hex' | 'timestamped' | 'standard', string>> = {
  hex: documentOf(
    'X-Hub-Signature',
    '{ kind: hmac, algorithm: sha256, encoding: hex, over: raw body, prefix: "sha256=" }',
  ),
  timestamped: documentOf('X-Stamped', '{ kind: timestamped-hmac, algorithm: sha256 }'),
  standard: documentOf('webhook-signature', '{ kind: standard-webhooks }'),
};

function documentOf(header: string, credential: string): string {
  return `asyncapi: 3.1.0
info: { title: Signed, version: 1.0.0 }
channels:
  webhook:
    address: null
    messages:
      ping:
        name: ping
        payload:
          type: object
          required: [kind, id]
          properties: { kind: { type: string, const: ping }, id: { type: string } }
        examples: [{ name: one, payload: { kind: ping, id: '1' } }]
operations:
  send:
    action: send
    channel: { $ref: '#/channels/webhook' }
    security: [{ $ref: '#/components/securitySchemes/signature' }]
components:
  securitySchemes:
    signature:
      type: httpApiKey
      in: header
      name: ${header}
      x-credential: ${credential}
`;
}
