/** Lines that stand among a story's paragraphs without being part of it, told by their words. */

const BOILERPLATE: RegExp[] = [
  /^(?:adverts?|advertisements?|advertising|post comment|more|publicidade|publicidad|pubblicità|anzeige|werbung|iklan|publicité|реклама|광고|広告|sponsored(?: content)?|scroll down.*|story continues below.*|article continues.*|loading\W*)$/i,
  /^(?:©|\(c\)|copyright\b).{0,200}$/i,
  /\ball rights reserved\b|무단\s?전재|todos os direitos reservados|alle rechte vorbehalten|tous droits réservés|tutti i diritti riservati|may not be (?:published|reproduced)/i,
  /\bcontributed (?:to this|reporting|to the)\b|\bcontributed reporting\b/i,
  /^(?:sign up|subscribe|click here|tap here|follow (?:us|@|me|him|her|\w+ on)|like us|join (?:us|our)|download (?:our|the)|get (?:the|our) (?:latest|best|top|free)|want (?:the|more)|don['’]t miss|stay (?:up|in)|never miss|support (?:our|us)|become a|already a|log ?in|sign in|register|enter your|your email|email address|share (?:this|on|via|it)|like this (?:story|article|post)|print|tweet|comments?|leave a (?:comment|reply)|post a comment|view comments|read more|load more|show more|see more|more on|more from|next (?:article|post|story)|previous (?:article|post|story)|back to top|skip to|image \d+ of|\d+ (?:of|\/) \d+$|follow .{0,60} on (?:twitter|facebook|instagram)|follow .{0,60}coverage|have a (?:tip|story)|got a tip)\b.{0,160}$/i,
  /\b(?:newsletter|our app|news app|mobile app|push notifications?|free trial|inbox)\b.{0,80}$/i,
  /^(?:something to consider|related (?:articles|stories|posts|content|topics)|recommended(?: for you)?|you (?:may|might) (?:also )?(?:like|be interested).*|most (?:read|popular).*|trending(?: now| stories)?|popular(?: now| this week| posts| stories)?|recent (?:articles|posts)|read (?:also|next)|see also|tags|topics|filed under.*|posted in.*|categor(?:y|ies)\b.{0,80}|keywords\b.{0,10}|about the author|photo gallery|gallery|caption|close|whatsapp.*|facebook|twitter)\W*$/i,
  /^(?:this (?:post|article|page) (?:may|contains?|originally|first|was|is) .{0,40}(?:affiliate|sponsored|appeared|published|updated)).{0,160}/i,
];
const RELATED_LEAD =
  /^(?:\W{0,3})(?:related|read(?: more| also| next| this)?|also(?: read| see| on)?|see(?: also| more)?|more(?: on| from)?|watch|don['’]t miss|must read|must-read|click here|full coverage|recommended|leia(?: também| mais)?|veja(?: também| mais)?|saiba mais|lea también|lesen sie(?: auch)?|lire aussi|à lire|leggi anche|baca juga|lees ook|läs också|читайте также|관련기사|関連記事)\b/i;
const MONTH_LANGUAGES = 'en de fr es pt it nl sv da nb fi pl cs tr id ms ru uk'.split(' ');
/** Names and short names of months, from the runtime's own locale data. */
const MONTH = new RegExp(`(?<!\\p{L})(?:${monthNames().join('|')})(?!\\p{L})\\.?`, 'iu');
const MONTHS = new RegExp(MONTH, 'giu');
const TIME_WORDS =
  /(?:published|posted|updated|last modified|first published|created|on|at|by|veröffentlicht|publicado|publicada|atualizado|aktualisiert|publié|mis à jour|pubblicato|diterbitkan)\b/gi;

function monthNames(): string[] {
  const names = MONTH_LANGUAGES.flatMap((language) =>
    (['long', 'short'] as const).flatMap((style) => {
      const format = new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, month) =>
        format
          .formatToParts(Date.UTC(2020, month, 1))
          .find((part) => part.type === 'month')
          ?.value.replace(/\.$/, ''),
      );
    }),
  );
  return [...new Set(names.filter((name) => name !== undefined && /^\p{L}{3,}$/u.test(name)))] as string[];
}

/** A line that only says when: "Published 7:07 PM EST Nov 19, 2019", "23 Nov 2017", "2019-11-19 08:38". */
export function isDateLine(text: string): boolean {
  if (text.length > 90 || !/\d/.test(text)) return false;
  const numeric = /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}/.test(text);
  const worded = MONTH.test(text) && /\b(?:19|20)\d\d\b/.test(text);
  if (!numeric && !worded) return false;
  const rest = text
    .replace(MONTHS, ' ')
    .replace(TIME_WORDS, ' ')
    .replace(
      /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\p{L}+-feira|\b(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch/giu,
      ' ',
    )
    .replace(/\b(?:a\.?m\.?|p\.?m\.?|[A-Z]{2,4}T|GMT|UTC|de|às|um|uhr|h|ist)\b/gi, ' ')
    .replace(/[\d\W_]+/g, '');
  return rest.length <= 4;
}

/** Promotion, sharing, copyright and the like. A line that is a story's own sentence is longer or has no such opening. */
export function isBoilerplate(text: string, linkLength: number): boolean {
  if (text.length > 400) return false;
  if (BOILERPLATE.slice(0, 4).some((pattern) => pattern.test(text))) return true;
  if (
    text.length < 200 &&
    (linkLength > 0 || text.length < 60) &&
    BOILERPLATE.slice(4, 6).some((pattern) => pattern.test(text))
  )
    return true;
  return BOILERPLATE.slice(6).some((pattern) => pattern.test(text));
}

/** "Related: …", "Read more: …" and the like; a related line where most of it is a link. */
export function isRelatedLead(text: string): boolean {
  return RELATED_LEAD.test(text);
}

/** A line that is only a picture's credit: "Photo: Jane Doe", "(Image: © NASA)". */
export function isCreditLine(text: string): boolean {
  return (
    text.length < 120 &&
    /^\(?(?:photo|image|picture|foto|credit|source)s?(?: credit| courtesy)?(?: by| of)?\s*[:©]/i.test(text) &&
    !/[.!?]\s/.test(text)
  );
}
