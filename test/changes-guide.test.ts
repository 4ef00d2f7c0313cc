/** docs/changes.md: its table has every rule, as the rules and the cases say; its configuration is one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { levels } from '../scripts/compare/rules.js';
import { readConfig } from '../scripts/config/read-config.js';
import { inRepository } from './support/repository.js';
import { ruleTable } from './support/rule-table.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

const path = inRepository('docs', 'changes.md');
const guide = readFileSync(path, 'utf8');

test('the table of rules is up to date', () => {
  const at = guide.indexOf('| rule ');
  const table = `${ruleTable()}\n`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(path, guide.slice(0, at) + table);
  else expect(guide.slice(at)).toBe(table);
});

test('the configuration that it shows is read', () => {
  const [, shown = ''] = /^```json\n(.*?)^```$/ms.exec(guide) ?? [];
  const { config, problems } = readConfig(temporaryFolder({ 'webhook-contracts.json': shown }));
  expect(problems).toEqual([]);
  expect(config.diff.ignore).toHaveLength(2);
});

test('it names every level', () => {
  for (const level of levels) expect(guide).toContain(`| \`${level}\``);
});

test('what it prints is what is printed', async () => {
  const [, printed = ''] = /^```\n(specs\/.*?)^```$/ms.exec(guide) ?? [];
  const version = (values: string) => `asyncapi: 3.1.0
info: { title: Orders, version: "1" }
servers:
  main: { host: "{host}", protocol: https, variables: { host: { default: example.com } } }
channels:
  orders:
    address: null
    messages:
      changed: { $ref: "#/components/messages/changed" }
operations:
  notify:
    action: send
    channel: { $ref: "#/channels/orders" }
    summary: Tells of every change.
    bindings:
      http: { method: POST, bindingVersion: "0.3.0" }
components:
  messages:
    changed:
      name: order.changed
      contentType: application/json
      examples:
        - payload: { id: "1", status: open }
      payload:
        type: object
        required: [id, status]
        properties:
          id: { type: string }
          status:
            type: string
            enum: [${values}]
`;
  const cwd = temporaryFolder({
    'old/specs/orders.asyncapi.yaml': version('open, paid'),
    'specs/orders.asyncapi.yaml': version('open, paid, returned'),
  });
  const files = ['old/specs/orders.asyncapi.yaml', 'specs/orders.asyncapi.yaml'];
  const { stderr } = await runCommandLine(['diff', ...files], { cwd });
  expect(stderr.trim().replace('old/specs', 'origin/main:specs')).toBe(printed.trim());
});
