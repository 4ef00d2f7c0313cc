import type { Location } from '../problems/problem.js';

const WINDOW = 160;

/** The text of one file, able to say on which line and column an offset stands. */
export class SourceText {
  #lineStarts: readonly number[] | undefined;

  constructor(
    /** The file's path as the user named it. */
    readonly file: string,
    readonly text: string,
  ) {}

  /** Returns the place of a UTF-16 offset, for the value at `pointer`. */
  locate(offset: number, pointer = ''): Location {
    this.#lineStarts ??= lineStarts(this.text);
    const starts = this.#lineStarts;
    const row = rowOf(starts, offset);
    const start = starts[row] ?? 0;
    const end = row + 1 < starts.length ? (starts[row + 1] ?? 0) : this.text.length;
    const from = Math.max(start, offset - WINDOW / 2);
    const excerpt = this.text.slice(from, Math.min(end, from + WINDOW)).replace(/[\r\n]+$/, '');
    return {
      file: this.file,
      line: row + 1,
      column: offset - start + 1,
      pointer,
      excerpt,
      caret: Math.min(offset - from, excerpt.length),
    };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Finds the last line that starts at or before the offset. */
function rowOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
