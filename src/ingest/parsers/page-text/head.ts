import type { StoryTime } from '../../../stories/story.ts';
import { type FoundByline, readBareByline, readByline } from './byline.ts';
import { hasDate, isDateLine, ungluedDate } from './date-lines.ts';
import type { Line } from './lines.ts';
import { readTime, type TimeReading } from './time-lines.ts';

/** Date and byline stand between headline and body, at times just above the headline or just below the body. */
const ABOVE = 4;
const BELOW = 6;
const LONGEST_HEAD = 60;

/** Indices to look at, the likeliest first: headline to body, below the body, above the headline. */
export function headOrder(headlines: readonly number[], body: readonly number[], count: number): number[] {
  const first = body[0] ?? 0;
  const last = body.at(-1) ?? 0;
  const above = headlines.filter((index) => index <= first);
  // A page repeats its headline in menus far above; the printing nearest the body is the story's own.
  const own = above.findLast((index) => index < first) ?? 0;
  const start = Math.max(own, first - LONGEST_HEAD);
  const top = above.find((index) => index >= first - LONGEST_HEAD) ?? start;
  const order = range(start, first);
  if (body.length > 0) order.push(...range(last + 1, Math.min(last + 1 + BELOW, count)));
  order.push(...range(Math.max(0, top - ABOVE), start).reverse());
  return order;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, step) => from + step);
}

/** The time of first publication: a line that says "published", else the first date line that does not say "updated", else that. */
export function findTime(
  lines: readonly Line[],
  order: readonly number[],
  reading: TimeReading,
): { time: StoryTime; index: number } | null {
  let best: { time: StoryTime; index: number; rank: number } | null = null;
  for (const index of order) {
    const text = ungluedDate(lines[index]?.text ?? '');
    if (text.length > 200) continue;
    const stated = publishedPart(text);
    const rank = UPDATED.test(stated) ? 2 : stated !== text || PUBLISHED.test(text) ? 0 : 1;
    if (best !== null && rank >= best.rank) continue;
    if (rank === 1 && !isDateLine(text) && readByline(text) === null && !beginsWithDateOrName(text)) continue;
    const time = withNextLine(stated, lines[index + 1]?.text ?? '', reading);
    if (time !== null) best = { time, index, rank };
  }
  return best;
}

const PUBLISHED =
  /\b(?:published|posted|first published|publicado|publié|veröffentlicht|pubblicato|gepubliceerd|diterbitkan|입력|公開)\b|입력|公開/iu;
const UPDATED =
  /\b(?:updated|modified|actualizado|atualizado|mis à jour|aktualisiert|aggiornato|bijgewerkt)\b|수정|更新/iu;

/** "Updated: … Published: …" and "Published … | Updated …" both state two times; the first publication counts. */
function publishedPart(text: string): string {
  const published = PUBLISHED.exec(text);
  const from = published === null || !hasDate(text.slice(published.index)) ? text : text.slice(published.index);
  const updated = UPDATED.exec(from);
  return updated !== null && updated.index > 8 ? from.slice(0, updated.index) : from;
}

/** A day with its clock time on the next line: "Nov. 19, 2019" above "5:50 PM". */
function withNextLine(text: string, next: string, reading: TimeReading): StoryTime | null {
  const time = readTime(text, reading);
  if (time?.precision !== 'DAY' || !/^\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?(?: \p{Lu}{2,4})?$/iu.test(next)) return time;
  return readTime(`${text} ${next}`, reading) ?? time;
}

function beginsWithDateOrName(text: string): boolean {
  return text.length <= 120 && hasDate(text) && (hasDate(text.slice(0, 20)) || readBareByline(text) !== null);
}

/** A byline with its "By", else a bare name beside a date or printed twice (a portrait and its name). */
export function findByline(
  lines: readonly Line[],
  order: readonly number[],
  headline: string,
): { found: FoundByline; index: number } | null {
  for (const index of order) {
    const text = ungluedDate(lines[index]?.text ?? '');
    const next = lines[index + 1]?.text ?? '';
    const found = /^by:?$/iu.test(text) ? readBareByline(next) : (readByline(text) ?? bylineInDateLine(text));
    if (found !== null) return { found, index };
  }
  for (const index of order) {
    const text = lines[index]?.text ?? '';
    const around = [lines[index - 1]?.text ?? '', lines[index + 1]?.text ?? ''];
    const isVouchedFor = around.includes(text) || around.some(isDateLine) || hasDate(text);
    const found = isVouchedFor && !headline.includes(text) ? readBareByline(text) : null;
    if (found !== null) return { found, index };
  }
  return null;
}

/** "February 1, 2019 | BY: Jane Doe", "05/10/2018 - Publicado por: Jane Doe - Categoria: …". */
function bylineInDateLine(text: string): FoundByline | null {
  if (text.length > 160 || !hasDate(text)) return null;
  const lead = /(?:^|[\s|])(?=(?:by|por|von|par)(?::\s?|\s)\p{Lu})/iu.exec(text);
  return lead === null
    ? null
    : readByline(
        text
          .slice(lead.index)
          .split(/\s[-–|]\s(?=\p{L})/u)
          .map((part) => part.trim())
          .find((part) => part !== '') ?? '',
      );
}
