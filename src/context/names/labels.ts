/** The labels of the sequence model: outside, or beginning or inside of a name of one type. */
import { NAME_TYPES, type NameType } from './mention.ts';

export const LABEL_COUNT = 1 + 2 * NAME_TYPES.length;
export const OUTSIDE = 0;

export function beginOf(type: NameType): number {
  return 1 + 2 * NAME_TYPES.indexOf(type);
}

export function insideOf(type: NameType): number {
  return 2 + 2 * NAME_TYPES.indexOf(type);
}

/** The type a label stands for, or null outside names. */
export function typeOf(label: number): NameType | null {
  return label === OUTSIDE ? null : (NAME_TYPES[(label - 1) >> 1] as NameType);
}

export function isBegin(label: number): boolean {
  return label !== OUTSIDE && label % 2 === 1;
}

/** "Inside" may only follow its own type. */
export function mayFollow(previous: number, label: number): boolean {
  const isInside = label !== OUTSIDE && label % 2 === 0;
  return !isInside || previous === label || previous === label - 1;
}

/** A run of tokens [from, to) labelled as one name. */
export interface Span {
  type: NameType;
  from: number;
  to: number;
}

export function spansOf(labels: ArrayLike<number>): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const type = typeOf(label);
    if (type !== null && open && !isBegin(label)) {
      open.to = i + 1;
    } else {
      open = type === null ? null : { type, from: i, to: i + 1 };
      if (open) spans.push(open);
    }
  }
  return spans;
}
