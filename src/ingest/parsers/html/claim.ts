import type { FieldProvenance } from '../../../stories/story.ts';

/** Something one part of the page says about one field, before it is weighed against what the others say. */
export interface Claim<T = string> extends FieldProvenance {
  value: T;
}

export function claim<T>(value: T, reader: string, place: string, confidence: number): Claim<T> {
  return { value, reader, place, confidence };
}

/** A claim where there is something to claim. */
export function claimIf<T>(value: T | null | undefined, reader: string, place: string, confidence: number): Claim<T>[] {
  return value === null || value === undefined || value === '' ? [] : [claim(value, reader, place, confidence)];
}

export function provenanceOf({ reader, place, confidence }: Claim<unknown>): FieldProvenance {
  return { reader, place, confidence };
}
