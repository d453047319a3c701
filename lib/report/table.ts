import { PLAIN, type Style } from './style';

/** A line of a table: a title across it, or a cell for each heading. */
export type TableRow =
  | { readonly title: string }
  | {
      readonly cells: readonly string[];
      /** Colours one cell, after its width is known. */
      readonly paint?: (text: string) => string;
      readonly painted?: number;
    };

/** How wide a table may be. */
export interface TableOptions {
  readonly width: number;
  /** The column that gives way first when the table is too wide. */
  readonly elastic: number;
  /** @default PLAIN */
  readonly style?: Style;
}

const GAP = '  ';

/** No column is cut below this. */
const NARROWEST = 32;

/** A table in plain text. Columns in which no row has anything are left out; a table without rows has no lines. */
export function renderTable(
  headings: readonly string[],
  rows: readonly TableRow[],
  { width, elastic, style = PLAIN }: TableOptions,
): string[] {
  if (rows.length === 0) return [];
  const filled = headings.map((_, i) => rows.some((row) => 'cells' in row && (row.cells[i] ?? '') !== ''));
  const columns = headings.map((_, i) => i).filter((i) => i === elastic || filled[i]);
  const widths = fitted(columns, naturalWidths(headings, rows), width, elastic);
  const line = (cells: readonly string[], painted?: number, paint = (text: string) => text) =>
    columns
      .map((i) => {
        const cell = shorten(cells[i] ?? '', widths[i] ?? 0).padEnd(widths[i] ?? 0);
        return i === painted ? paint(cell) : cell;
      })
      .join(GAP)
      .trimEnd();
  return [
    style.faint(line(headings)),
    ...rows.map((row) => ('title' in row ? style.bold(row.title) : line(row.cells, row.painted, row.paint))),
  ];
}

function naturalWidths(headings: readonly string[], rows: readonly TableRow[]): number[] {
  return headings.map((heading, i) =>
    Math.max(heading.length, ...rows.map((row) => ('cells' in row ? (row.cells[i] ?? '').length : 0))),
  );
}

/** The elastic column gives way first, then the last one as far as it must. */
function fitted(
  columns: readonly number[],
  natural: readonly number[],
  width: number,
  elastic: number,
): number[] {
  const widths = [...natural];
  for (const [column, narrowest] of [
    [elastic, NARROWEST] as const,
    [columns.at(-1) ?? elastic, 1] as const,
  ]) {
    const total = columns.reduce((sum, i) => sum + (widths[i] ?? 0), GAP.length * (columns.length - 1));
    const own = widths[column] ?? 0;
    if (total > width) widths[column] = Math.max(Math.min(own, narrowest), own - (total - width));
  }
  return widths;
}

/** Cuts in the middle: what a name begins with and what it ends with tell the most. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const characters = [...text];
  const head = Math.floor((width - 1) / 3);
  return `${characters.slice(0, head).join('')}…${characters.slice(head + 1 - width).join('')}`;
}
