/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Field } from '../content.js';
import type { Links } from '../links.js';
import { Run } from './inline.js';

/** How many steps fields are set in. */
const MAX_DEPTH = 6;

/** Shows a field table. */
export function Fields({
  label,
  fields,
  links,
}: {
  label: string;
  fields: readonly Field[];
  links: Links;
}) {
  return (
    <div class="table">
      <table class="fields stacked" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Type</th>
            <th scope="col">Required</th>
            <th scope="col">Null</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <Row field={field} links={links} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ field, links }: { field: Field; links: Links }) {
  const { id, depth, isRequired, isNullable, meaning } = field;
  return (
    <tr id={id} class={`depth-${Math.min(depth, MAX_DEPTH)}`}>
      <th scope="row">
        <a href={`#${encodeURIComponent(id)}`}>
          <Name field={field} />
        </a>
      </th>
      <td data-label="Type">
        <Run content={field.type} links={links} />
      </td>
      <td data-label="Required">
        {isRequired === undefined ? '' : isRequired ? <strong>yes</strong> : 'no'}
      </td>
      <td data-label="Null">{isNullable === undefined ? '' : isNullable ? 'or null' : 'no'}</td>
      <td data-label="Meaning">
        {meaning.map((run) => (
          <div>
            <Run content={run} links={links} />
          </div>
        ))}
        <Detail term="Allowed" isShown={field.allowed.length > 0}>
          <Run content={field.allowed} links={links} />
        </Detail>
        <Detail term="Unit" isShown={field.unit !== undefined}>
          {field.unit}
        </Detail>
        <Detail term="Relied on by" isShown={field.consumers.length > 0}>
          {field.consumers.join(', ')}
        </Detail>
        <Detail term="Source" isShown={field.origin.length > 0}>
          <Run content={field.origin} links={links} />
        </Detail>
      </td>
    </tr>
  );
}

/** The path, of which the last step counts; what is no member goes by its label. */
function Name({ field: { path, label } }: { field: Field }) {
  if (label !== undefined) return <span class="label">{label}</span>;
  const [, before = '', last = path] = /^(.*\.)?([^.]+)$/s.exec(path) ?? [];
  return (
    <code>
      {stepsOf(before).map((step) => (
        <>
          <span class="above">{step}</span>
          <wbr />
        </>
      ))}
      {last}
    </code>
  );
}

/** The steps of a path, between which a line may end. */
function stepsOf(path: string): string[] {
  return path === '' ? [] : path.split(/(?<=\.)/);
}

function Detail({
  term,
  isShown,
  children,
}: {
  term: string;
  isShown: boolean;
  children: ComponentChildren;
}) {
  if (!isShown) return null;
  return (
    <div class="detail">
      <span class="term">{term}:</span> {children}
    </div>
  );
}
