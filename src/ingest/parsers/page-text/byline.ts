import { agencyIn } from './credits.ts';

export interface FoundByline {
  /** As printed. */
  byline: string;
  /** People's or a desk's names, in order. */
  authors: string[];
  /** Agency named in it, or null. */
  agency: string | null;
}

const BY = `(?:(?:written|posted|published|reported|story|words|text|article|reviewed|created|edited|submitted) by|by|von|par|por|di|door|oleh|av|af|autor|autora|author|authors|escrito por|publicado por|redazione|texto|автор)`;
const LEAD = new RegExp(String.raw`^${BY}(?:\s*[:：|-]\s*|\s+)(?=\S)`, 'iu');
const JOINERS = /\s*(?:,|;|&|\/|\||·|•|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bdan\b|\bwith\b)\s*/iu;
const NAME =
  /^(?:(?:Dr|Prof|Sir|Mr|Mrs|Ms|St)\.? )?[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*(?: (?:(?:de|da|do|dos|das|del|della|di|van|von|der|den|la|le|el|al|bin|ibn|ter|zu|af|av|y|e)|[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*|[A-Z]\.?)){0,4}$/u;
const ROLE =
  /\b(?:staff|writer|reporter|editor|correspondent|bureau|columnist|contributor|contributing|senior|special to|for the|journalist|agencies|news|desk|team|@|redaktion|redacción|redação|rédaction)\b/iu;
const DATE_PART =
  /\s*[|·•,–—-]?\s*(?:(?:published|updated|posted|on)\b:?\s*)?(?:\p{L}{3,10}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2}\.? \p{L}{3,10}\.?,? (?:19|20)\d\d|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{4}년).*$/iu;

/** Reads a line as a byline ("By Jane Doe and John Roe, Reuters"), or null where it is none. */
export function readByline(text: string): FoundByline | null {
  if (text.length > 200) return null;
  const lead = LEAD.exec(text);
  if (lead === null) return null;
  const names = text.slice(lead[0].length).replace(DATE_PART, '').trim();
  if (names === '' || names.length > 120) return null;
  const parts = names
    .split(JOINERS)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const authors: string[] = [];
  let agency: string | null = null;
  for (const part of parts) {
    const named = agencyIn(part);
    if (named !== null && part.split(' ').length <= 3) agency ??= named;
    else if (NAME.test(part) && !(authors.length > 0 && ROLE.test(part))) authors.push(part);
    else if (!ROLE.test(part)) {
      if (authors.length === 0) return null;
      break;
    }
  }
  if (authors.length === 0 && agency === null) return null;
  return { byline: text.replace(DATE_PART, '').trim(), authors, agency };
}
