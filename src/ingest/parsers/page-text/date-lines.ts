/** Words that stand with a date on a date line, in the languages of the big publishers. */
const DATE_WORDS =
  /\b(?:published|updated|posted|last|modified|created|first|on|at|by|date|time|edited|uploaded|print|edition|publicado|actualizado|atualizado|publié|mis à jour|veröffentlicht|aktualisiert|stand|uhr|pubblicato|aggiornato|gepubliceerd|diterbitkan|le|il|el|am|pm|em|às|à|a las|alle|om|de|del|of|min read|[ecmp][sd]?t|[hw]st|gmt|utc|bst|cest|cet|mesz|mez|msk|ist|amt|wib|hkt|sgt|jst|kst|aed?t|aest|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|入力|公開|更新|投稿日|기사입력|입력|수정|승인)\b/giu;

const DATE_SHAPE =
  /(?<!\d)(?:(?:19|20)\d\d\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d){1,2}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th|\.)? (?:de |of )?\p{L}{3,10}\.?,?(?: de)? (?:19|20)\d\d|\d{1,3} ?(?:min(?:ute)?s?|h|hours?|days?|weeks?|months?) ago)(?!\d)/iu;
const EVERY_DATE = new RegExp(DATE_SHAPE, 'giu');
const EVERY_CLOCK = /\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?/giu;

/** Parts the lost mark-up ran together: "Nov 19 20197:05 AM ESTUpdated Tue" → "Nov 19 2019 7:05 AM EST Updated Tue". */
export function ungluedDate(text: string): string {
  return text
    .replace(/(?<=(?:19|20)\d\d)(?=\d{1,2}:\d\d)/gu, ' ')
    .replace(/(?<=\p{Lu}{2}|\d)(?=(?:Updated|Published)\b)/gu, ' ');
}

/** Whether a text has a date in it, whatever else it says. */
export function hasDate(text: string): boolean {
  return DATE_SHAPE.test(text.slice(0, 300));
}

/** Whether a line is there to tell a date: once date, clock and the usual words are taken away, little is left. */
export function isDateLine(text: string): boolean {
  if (text.length > 160 || !/\d/u.test(text)) return false;
  const line = ungluedDate(text);
  if (!DATE_SHAPE.test(line)) return false;
  const rest = line
    .replace(EVERY_DATE, ' ')
    .replace(EVERY_CLOCK, ' ')
    .replace(DATE_WORDS, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return rest.length <= 30 && rest.length <= text.length / 2;
}
