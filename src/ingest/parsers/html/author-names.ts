import { isAgencyName } from './agency.ts';
import { oneLine } from './dom.ts';

/** "By" and what may stand before it, in the languages bylines were seen in. */
export const BY =
  /^(?:(?:story|article|written|posted|published|reported|analysis|opinion|words?)\s+)?(?:by|von|por|par|di|da|door|av|oleh|autor|author|publicado por|escrito por|postado por)\b[:\s]*/i;
const TITLE_WORDS =
  /\b(?:writer|reporter|editor|correspondent|columnist|contributor|staff writer|journalist|analyst|producer|news service|press writer|security writer|md|phd|ms|rdn|rd|follow|updated|published|posted|min read|guest author|special to)\b/i;
const NOT_NAMES =
  /^(?:admin(?:istrator)?|editor|guest|author|webmaster|unknown|null|undefined|anonymous|user|root|view all|more|share|comments?|staff)$/i;
const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i;
const SEPARATOR = /\s*(?:,|;|\||•|·|\/|—|–|&|\(|\s-\s)\s*|\s+(?:and|und|et|y|e|dan|og|och|en)\s+/i;

/** Names out of a byline: without "By", job titles, agencies after a comma, dates and addresses. */
export function splitNames(byline: string): string[] {
  const bare = oneLine(byline.replace(/\S+@\S+|@\w+|https?:\S+/g, ' '))
    .replace(/^[|•·\s-]+/, '')
    .replace(BY, '');
  const names: string[] = [];
  for (const part of bare.split(SEPARATOR)) {
    const name = part
      .replace(BY, '')
      .replace(/\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|on)\b.*$/i, '')
      .replace(/(?<!\b(?:Jr|Sr))[.,:)\s-]+$/, '')
      .trim();
    if (names.length > 0 && /\d/.test(name)) break;
    if (!looksLikeName(name) || (names.length > 0 && isAgencyName(name))) continue;
    names.push(name);
    if (isAgencyName(name)) break;
  }
  return [...new Set(names)];
}

function looksLikeName(name: string): boolean {
  const words = name.split(' ');
  if (WEEKDAY.test(name)) return false;
  if (name.length < 2 || name.length > 50 || words.length > 5 || /[<>{}?!]/.test(name) || NOT_NAMES.test(name))
    return false;
  // "rmb8090" is somebody's name on a blog, "2 min" is not.
  if (/\d/.test(name) && !/^\p{L}{2,}\d+$/u.test(name)) return false;
  return !TITLE_WORDS.test(name) || /^(?:staff reports?|.* staff|.* bureau|.* desk)$/i.test(name);
}
