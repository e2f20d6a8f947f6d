/**
 * Abbreviations that mean one thing on news pages. Left out: IST (India, Ireland, Israel), AMT (Armenia, Amazonas),
 * AST, GST and the like, for which the source's own zone is the better guess.
 */
const ZONES: Readonly<Record<string, string>> = {
  GMT: '+00:00',
  UTC: '+00:00',
  BST: '+01:00',
  CET: '+01:00',
  CEST: '+02:00',
  MEZ: '+01:00',
  MESZ: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  MSK: '+03:00',
  WIB: '+07:00',
  HKT: '+08:00',
  SGT: '+08:00',
  PHT: '+08:00',
  JST: '+09:00',
  KST: '+09:00',
  AEST: '+10:00',
  AEDT: '+11:00',
  NZST: '+12:00',
  NZDT: '+13:00',
  HST: '-10:00',
  AKST: '-09:00',
  AKDT: '-08:00',
  PST: '-08:00',
  PDT: '-07:00',
  MST: '-07:00',
  MDT: '-06:00',
  CST: '-06:00',
  CDT: '-05:00',
  EST: '-05:00',
  EDT: '-04:00',
  PT: 'America/Los_Angeles',
  MT: 'America/Denver',
  CT: 'America/Chicago',
  ET: 'America/New_York',
};

const NAMED = new RegExp(String.raw`(?<=[\d\s.(mM])(${Object.keys(ZONES).join('|')})\b`, 'u');
const OFFSET = /(?:\b(?:GMT|UTC)\s?|(?<=\d\d)\s?)([+-])(\d\d?)(?::?(\d\d))?\b/u;

/** The zone a time line states ("EST", "GMT+8", "+05:30"), as IANA name or offset; null where it states none. */
export function statedZone(text: string): string | null {
  const offset = /\b(?:GMT|UTC)\s?[+-]|\d:\d\d(?::\d\d)?\s?[+-]\d/u.test(text) ? OFFSET.exec(text) : null;
  if (offset !== null) return `${offset[1]}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}`;
  const name = NAMED.exec(text)?.[1];
  return name === undefined ? null : (ZONES[name] ?? null);
}
