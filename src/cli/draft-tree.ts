import { printable } from './outcome-line.ts';
import type { Outcome } from './send.ts';

const LONGEST_VALUE = 100;

/** The draft as a tree: each field that was found, its value, and where it was found; the rest is left out. */
export function draftTree({ draft, provenance }: Outcome): string {
  if (!draft) return '';
  const fields = Object.entries(draft).filter(([, value]) => !isEmpty(value));
  const rows = fields.flatMap(([field, value], index) => {
    const isLast = index === fields.length - 1;
    const found = provenance?.[field];
    const where = found ? `  ← ${found.reader}, ${printable(found.place)} (${found.confidence} %)` : '';
    return branch(field, value, where, isLast);
  });
  return `${rows.join('\n')}\n\n`;
}

function branch(label: string, value: unknown, where: string, isLast: boolean): string[] {
  const head = isLast ? '└─ ' : '├─ ';
  const stem = isLast ? '   ' : '│  ';
  const children = childrenOf(value);
  if (!children) return [`${head}${label}: ${leaf(value)}${where}`];
  const below = children.flatMap(([name, child], index) => branch(name, child, '', index === children.length - 1));
  return [`${head}${label}${where}`, ...below.map((row) => stem + row)];
}

/** Null for a leaf. An object with a short form is shown as that. */
function childrenOf(value: unknown): [string, unknown][] | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).filter(([, child]) => !isEmpty(child));
  return Array.isArray(value) ? entries.map(([index, child]) => [String(Number(index) + 1), child]) : entries;
}

function leaf(value: unknown): string {
  const line = printable(String(value));
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}… (${line.length} characters)` : line;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
