/** The IPTC Media Topics, read from the shipped file: look-ups by code and walks up the tree. No database. */
import { readFileSync } from 'node:fs';

/** One concept of the IPTC NewsCodes Media Topics. */
export interface Topic {
  /** Code without its prefix: "20000587" of `medtop:20000587`. */
  code: string;
  /** Names keyed by BCP 47 tag ("en", "pt-BR"); "en" (British) is always there. */
  names: Record<string, string>;
  /** What the concept covers, in English. */
  definition: string | null;
  /** Code of the next broader concept; null for the 17 top ones. A retired concept keeps its last one. */
  broader: string | null;
  /** True where the IPTC asks not to use the concept any more. */
  retired: boolean;
  /** The one concept the IPTC names in place of a retired one; null where it names none or several. */
  replacedBy: string | null;
  /** The same thing elsewhere: the Wikidata entity URI. */
  sameAs: string[];
  /** Code of the older IPTC Subject Codes this concept continues: "15054000". */
  subjectCode: string | null;
}

/** A row of mediatopics.json: what is absent there is null, false or empty in a {@link Topic}. */
interface Row {
  code: string;
  broader: string | null;
  retired?: string;
  replacedBy?: string;
  wikidata?: string;
  subjectCode?: string;
  definition: string;
  names: Record<string, string>;
}

const TOPICS = loadTopics();
const BROADER = new Map([...TOPICS.keys()].map((code) => [code, climb(code)]));
const BY_SUBJECT_CODE = indexSubjectCodes();

/** Every concept, retired ones too, in the order of their codes. */
export const ALL_TOPICS: readonly Topic[] = [...TOPICS.values()];

/** The concept of that code, retired or not; undefined where the vocabulary has none. "medtop:" before the code is allowed. */
export function topic(code: string): Topic | undefined {
  return TOPICS.get(code.replace(/^medtop:/, ''));
}

/** The concept's name in British English. */
export function topicName(topic: Topic): string {
  return topic.names['en-GB'] ?? topic.names.en ?? topic.code;
}

/** The concept to use today for a code: itself, what replaced it, or its nearest living broader concept. */
export function currentTopic(code: string): Topic | undefined {
  const visited = new Set<string>();
  let found = topic(code);
  while (found?.retired && !visited.has(found.code)) {
    visited.add(found.code);
    found = topic(found.replacedBy ?? found.broader ?? '');
  }
  return found?.retired ? undefined : found;
}

/** The concepts above one, nearest first, ending with its top-level concept; empty for a top-level one and for an unknown code. */
export function broaderTopics(code: string): readonly Topic[] {
  return BROADER.get(code) ?? [];
}

/** The one of the 17 top-level concepts that a code belongs to. Throws a RangeError for a code the vocabulary does not have. */
export function topLevelOf(code: string): Topic {
  const found = currentTopic(code) ?? topic(code);
  if (!found) throw new RangeError(`No Media Topic has the code "${code}".`);
  return broaderTopics(found.code).at(-1) ?? found;
}

/** The concept to use today for an older IPTC Subject Code (8 digits, "15054000", also "subj:15054000"). */
export function topicForSubjectCode(code: string): Topic | undefined {
  const found = BY_SUBJECT_CODE.get(code.replace(/^subj:/, ''));
  return found && currentTopic(found.code);
}

function loadTopics(): Map<string, Topic> {
  const rows: Row[] = JSON.parse(readFileSync(new URL('../data/mediatopics.json', import.meta.url), 'utf8'));
  return new Map(
    rows.map((row) => [
      row.code,
      {
        code: row.code,
        names: row.names,
        definition: row.definition,
        broader: row.broader,
        retired: row.retired !== undefined,
        replacedBy: row.replacedBy ?? null,
        sameAs: row.wikidata ? [`http://www.wikidata.org/entity/${row.wikidata}`] : [],
        subjectCode: row.subjectCode ?? null,
      },
    ]),
  );
}

function climb(code: string): Topic[] {
  const path: Topic[] = [];
  let above = TOPICS.get(TOPICS.get(code)?.broader ?? '');
  while (above) {
    path.push(above);
    above = TOPICS.get(above.broader ?? '');
  }
  return path;
}

/** Three subject codes are claimed by two concepts: the living one wins, else the first. */
function indexSubjectCodes(): Map<string, Topic> {
  const index = new Map<string, Topic>();
  for (const candidate of TOPICS.values()) {
    if (!candidate.subjectCode) continue;
    const present = index.get(candidate.subjectCode);
    if (!present || (present.retired && !candidate.retired)) index.set(candidate.subjectCode, candidate);
  }
  return index;
}
