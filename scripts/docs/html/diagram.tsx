/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Diagram, Step } from '../content.js';

/** Sizes of a drawing, in the units of its own space; a character is about 7 wide. */
const WIDTH = 720;
const HEAD = 44;
const LINE = 18;
const GAP = 26;
const CHARACTER = 7;
const MARGIN = 20;

/** Draws a sequence diagram: a line for each party, an arrow for each step, time going down. */
export function SequenceDiagram({ diagram, id }: { diagram: Diagram; id: string }) {
  const { title, parties, steps } = diagram;
  const columns = parties.map((_, index) => columnOf(index, parties.length));
  let y = HEAD + GAP;
  const rows = steps.map((step) => {
    const lines = wrapped(step.text, roomOf(step, columns));
    const top = y;
    y += lines.length * LINE + GAP;
    return { step, lines, top };
  });
  return (
    <div class="diagram">
      <svg viewBox={`0 0 ${WIDTH} ${y}`} role="img" aria-labelledby={`${id}-title ${id}-steps`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-steps`}>{steps.map((step) => inWords(step, parties)).join(' ')}</desc>
        {parties.map((party, index) => (
          <g class="party">
            <line x1={columns[index]} x2={columns[index]} y1={HEAD} y2={y} />
            <rect x={(columns[index] ?? 0) - 60} y={6} width={120} height={HEAD - 12} rx={6} />
            <text x={columns[index]} y={HEAD / 2 + 5} text-anchor="middle">
              {party}
            </text>
          </g>
        ))}
        {rows.map((row) => (
          <Arrow {...row} columns={columns} />
        ))}
      </svg>
    </div>
  );
}

/** Says a step in words. */
export function inWords({ from, to, text }: Step, parties: readonly string[]): string {
  const [sender = '', receiver = ''] = [parties[from], parties[to]];
  return from === to ? `${sender}: ${text}.` : `${sender} to ${receiver}: ${text}.`;
}

function columnOf(index: number, count: number): number {
  const first = 90;
  const last = count === 2 ? WIDTH - 190 : WIDTH - 90;
  return count === 1 ? first : first + ((last - first) / (count - 1)) * index;
}

/** Returns how wide the text of a step may be. */
function roomOf({ from, to }: Step, columns: readonly number[]): number {
  const [one = 0, other = 0] = [columns[from], columns[to]];
  if (from !== to) return Math.abs(one - other) - 2 * MARGIN;
  return Math.max(180, WIDTH - one - MARGIN);
}

function wrapped(text: string, room: number): string[] {
  const length = Math.floor(room / CHARACTER);
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > length) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

function Arrow({
  step,
  lines,
  top,
  columns,
}: {
  step: Step;
  lines: readonly string[];
  top: number;
  columns: readonly number[];
}) {
  const [x1 = 0, x2 = 0] = [columns[step.from], columns[step.to]];
  const y = top + lines.length * LINE;
  const isNote = step.from === step.to;
  const tip = x2 > x1 ? -8 : 8;
  const x = isNote ? x1 + 14 : (x1 + x2) / 2;
  return (
    <g class={step.isFallback ? 'step fallback' : 'step'}>
      {lines.map((line, index) => (
        <text x={x} y={top + index * LINE} text-anchor={isNote ? 'start' : 'middle'}>
          {line}
        </text>
      ))}
      {isNote ? (
        <circle cx={x1} cy={top - 5} r={5} />
      ) : (
        <>
          <line x1={x1} x2={x2} y1={y - 8} y2={y - 8} />
          <path d={`M ${x2} ${y - 8} l ${tip} -5 l 0 10 z`} />
        </>
      )}
    </g>
  );
}
