/**
 * An event is named by its story's headline. Headlines are often vague about the other party ("Ukraine's
 * separatist regions") where the body names it; one rule makes such a name specific:
 *
 * If the body states the headline's action as a noun ("establishes" → "the establishment of …") with the parties
 * to it ("… of diplomatic relations between A and B, as well as A and C"), and what was established shares a word
 * with the headline, the event is "<headline subject> <headline verb> diplomatic relations with B and C".
 */
export interface EventName {
  name: string;
  /** The parties the body named, empty where the headline stood as it was. */
  parties: string[];
  /** The body's words that made the name more specific; null where the headline stood as it was. */
  evidence: string | null;
}

/** Longest stretch, in characters, in which an action noun and its parties are looked for. */
const REACH = 400;
/** Characters of the body that are read: the action is named near the top. */
const BODY_LENGTH = 6000;
const NOMINAL_ENDING = /(?:ment|tion|sion|ance|ence|ing|ture|val|sal|al)$/;
const KICKER = /^(?:breaking(?: news)?|exclusive|watch|video|update[ds]?|live|just in|opinion|analysis)\s*[:|—–-]\s+/i;
const MEDIA_NOTE =
  /\s*[([](?:photos?|videos?|pictures|graphic|watch)(?:[ ,&/]+(?:photos?|videos?|pictures))*[)\]]\s*/gi;

/** Names the event a story reports, from its headline and, where the body is more specific, from the body. */
export function nameEvent(headline: string, body: string): EventName {
  const plain = tidyHeadline(headline);
  const action = readHeadline(plain);
  const found = action ? findParties(action, straightQuotes(body.slice(0, BODY_LENGTH))) : null;
  if (!action || !found) return { name: plain, parties: [], evidence: null };
  const parties = mergeCoordinated(found.parties);
  const article = found.definite ? 'the ' : '';
  return {
    name: `${action.subject} ${action.verb} ${found.object} with ${article}${parties}`,
    parties: found.parties,
    evidence: found.quote,
  };
}

/** The headline as a name: one kind of apostrophe, no "BREAKING:", no "(VIDEO)", no trailing dots. */
export function tidyHeadline(headline: string): string {
  const tidy = straightQuotes(headline)
    .replace(MEDIA_NOTE, ' ')
    .replace(KICKER, '')
    .replace(/\s+/g, ' ')
    .replace(/(?:\s*(?:\.{2,}|…))+$/, '')
    .trim();
  return tidy || headline.trim();
}

interface HeadlineAction {
  subject: string;
  verb: string;
  /** Lower-case words after the verb. */
  objectWords: Set<string>;
}

/** Reads "Russia establishes diplomatic ties with …"; undefined unless the other party is left a common noun. */
function readHeadline(headline: string): HeadlineAction | undefined {
  const words = headline.split(' ');
  const verbAt = words.findIndex((word) => /^[a-z]{3,}$/.test(word));
  const verb = words[verbAt];
  if (verbAt < 1 || !verb) return undefined;
  const object = words.slice(verbAt + 1);
  const partyAt = object.indexOf('with');
  const last = object.at(-1);
  if (partyAt < 1 || !last || !/^[a-z]/.test(last)) return undefined;
  return { subject: words.slice(0, verbAt).join(' '), verb, objectWords: new Set(object.slice(0, partyAt)) };
}

interface Parties {
  object: string;
  parties: string[];
  /** The body writes "the" before a party. */
  definite: boolean;
  quote: string;
}

function findParties(action: HeadlineAction, body: string): Parties | undefined {
  for (const noun of body.matchAll(/\b[a-z]{5,24}\b/g)) {
    if (!nominalises(noun[0], action.verb)) continue;
    const stretch = body.slice(noun.index, noun.index + REACH).split(/[.!?]\s|\n/, 1)[0] ?? '';
    const object = /\bof ((?:[a-z-]+ ){0,3}[a-z-]+) (?:between|with) /.exec(stretch);
    if (!object?.[1]?.split(' ').some((word) => action.objectWords.has(word))) continue;
    const list = readNameList(stretch.slice(object.index + object[0].length));
    const parties = list.names.filter((name) => !sameActor(name, action.subject));
    if (parties.length === 0) continue;
    const quote = stretch.slice(0, object.index + object[0].length + list.length);
    return { object: object[1], parties, definite: list.definite, quote };
  }
  return undefined;
}

/** True where `noun` is the act of doing `verb`: "establishment" of "establishes", "recognition" of "recognises". */
function nominalises(noun: string, verb: string): boolean {
  if (!NOMINAL_ENDING.test(noun)) return false;
  const stem = verb.replace(/(?:es|ed|s|d|e)$/, '');
  const shared = Math.max(4, stem.length - 1);
  return stem.length >= 4 && noun.slice(0, shared) === stem.slice(0, shared);
}

/** Reads "the A and the B, as well as A and C": its names in order, once each, and how far the list reaches. */
function readNameList(text: string): { names: string[]; definite: boolean; length: number } {
  const item = /(,? ?(?:and|as well as) |, )?(the )?((?:[A-Z][\p{L}'-]*)(?: (?:of (?:the )?)?[A-Z][\p{L}'-]*){0,6})/uy;
  const names: string[] = [];
  let definite = false;
  let length = 0;
  for (let match = item.exec(text); match?.[3]; match = item.exec(text)) {
    if (names.length > 0 && !match[1]) break;
    if (!names.includes(match[3])) names.push(match[3]);
    definite ||= Boolean(match[2]);
    length = item.lastIndex;
  }
  return { names, definite, length };
}

/** "Russian Federation" is the "Russia" of the headline: they begin alike. */
function sameActor(name: string, subject: string): boolean {
  const head = subject.replace(/^the /i, '').split(' ')[0] ?? '';
  return (
    head.length >= 3 && name.split(' ').some((word) => word.startsWith(head.slice(0, Math.max(4, head.length - 1))))
  );
}

/** ["Donetsk People's Republic", "Lugansk People's Republic"] → "Donetsk and Lugansk People's Republics". */
function mergeCoordinated(names: string[]): string {
  const split = names.map((name) => name.split(' '));
  const shortest = Math.min(...split.map((words) => words.length));
  let shared = 0;
  while (shared < shortest - 1 && new Set(split.map((words) => words.at(-1 - shared))).size === 1) shared += 1;
  if (names.length < 2 || shared === 0) return conjoin(names);
  const heads = split.map((words) => words.slice(0, -shared).join(' '));
  const tail = (split[0] ?? []).slice(-shared).join(' ');
  return `${conjoin(heads)} ${tail.replace(/y$/, 'ie')}s`;
}

function conjoin(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function straightQuotes(text: string): string {
  return text.replace(/[‘’ʼ]/g, "'").replace(/[“”]/g, '"');
}
