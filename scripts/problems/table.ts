import { visible } from './visible.js';

/** Rows of text below a header row; every row has as many cells as the header. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The rows of which problems say the same, and more. */
  readonly told?: ReadonlySet<readonly string[]>;
}

/** Tells for each column whether it holds figures only: those are aligned to the right. */
export function figureColumns({ header, rows }: Table): boolean[] {
  return header.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^\d[\d.,]*%?$/.test(row[column] ?? '')),
  );
}

/** Writes a table for people, its columns aligned by spaces; every line is safe to print. */
export function renderTable(table: Table): string {
  const figures = figureColumns(table);
  const lines = [table.header, ...table.rows].map((row) => row.map(visible));
  const widths = table.header.map((_, column) =>
    Math.max(...lines.map((line) => length(line[column] ?? ''))),
  );
  return lines
    .map((line) =>
      widths
        .map((width, column) => {
          const cell = line[column] ?? '';
          const space = ' '.repeat(width - length(cell));
          return figures[column] === true ? `${space}${cell}` : `${cell}${space}`;
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

const length = (cell: string): number => [...cell].length;
