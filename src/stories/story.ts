/**
 * The one shape every parser yields and the writer stores. Fields carry the names of IPTC ninjs 3 and
 * schema.org; a field the input does not state is null (or an empty list): parsers never invent.
 */
export interface Story {
  /** Stable identity given by the publisher or agency (ninjs `uri`, NewsML-G2 `guid`); null where only a URL or nothing is known. */
  uri: string | null;
  /** Absolute http(s) URL of the story's page as the publisher names it (rel=canonical, og:url). */
  canonicalUrl: string | null;
  source: StorySource | null;
  /** Plain text, one line, never empty. */
  headline: string;
  alternativeHeadline: string | null;
  /** Standfirst, description or summary; plain text. */
  abstract: string | null;
  /** The byline as printed: "By Jane Doe and John Roe, Reuters". */
  byline: string | null;
  /** People's (or a desk's) names out of the byline, in order, without "By" and without the agency. */
  authors: string[];
  /** Place the story was filed from, as printed before the dash: "MOSCOW". */
  dateline: string | null;
  /** The body as plain text; blocks are separated by one blank line ("\n\n"), in page order. "" only for stories without text (a kill notice). */
  bodyText: string;
  /** The body as sanitised HTML where the input had mark-up; null otherwise. */
  bodyHtml: string | null;
  /** BCP 47 tag, the shortest that is sure ("en", "pt-BR"). */
  language: string | null;
  datePublished: StoryTime | null;
  /** First creation of the item at its origin (ninjs `firstcreated`). */
  firstCreated: StoryTime | null;
  /** Creation of this version at its origin (ninjs `versioncreated`, schema.org dateModified). */
  versionCreated: StoryTime | null;
  /** Version number given by the origin, ≥ 1; null where the origin does not count. */
  originVersion: number | null;
  /** ninjs `pubstatus`: USABLE may be shown, WITHHELD not until further notice, CANCELED never again (a kill). */
  pubStatus: 'USABLE' | 'WITHHELD' | 'CANCELED';
  /** True where the origin says this version corrects an earlier one (NewsML-G2 signal, "CORRECTION:"). */
  isCorrection: boolean;
  /** Not to be shown before this instant. */
  embargoedUntil: Date | null;
  /** IPTC editorial urgency 1 (most) – 9. */
  urgency: number | null;
  /** The publication's own section, as printed ("World", "Business/Markets"). */
  section: string | null;
  /** Agency or outlet to be credited for the text: "AFP". */
  creditText: string | null;
  copyrightNotice: string | null;
  usageTerms: string | null;
  /** Note from the origin's desk to other editors; not for readers. */
  edNote: string | null;
  /** False where the page says it is behind a paywall (schema.org isAccessibleForFree). */
  isAccessibleForFree: boolean | null;
  tags: StoryTag[];
  /** In page order. */
  photos: StoryPhoto[];
  /** Links to other stories as printed, in order. */
  related: StoryRelated[];
  /** Events the input itself names (ninjs events, NewsML-G2 event concepts). */
  events: StoryEvent[];
}

/** An instant plus what the input told about it. */
export interface StoryTime {
  /** UTC. For a day-only date: midnight at the start of the day in `zone`, else in UTC. */
  instant: Date;
  /** What was stated: a day only, or a time of day as well. */
  precision: 'DAY' | 'TIME';
  /** IANA zone or "+08:00" offset where the input or its source states one; null where the time was read as UTC for want of a zone. */
  zone: string | null;
}

export interface StorySource {
  /** As the publisher writes itself: "INQUIRER.net". */
  name: string;
  /** Registrable domain, lower case: "inquirer.net". */
  domain: string | null;
}

export const TAG_TYPES = ['SUBJECT', 'KEYWORD', 'PERSON', 'ORGANISATION', 'PLACE', 'OBJECT', 'GENRE'] as const;
export type TagType = (typeof TAG_TYPES)[number];

/** A tag given by the publisher (tags found in the text are the work of context/). */
export interface StoryTag {
  type: TagType;
  name: string;
  /** Controlled vocabulary, e.g. "medtop"; null for free tags. */
  scheme: string | null;
  /** Code within the scheme, without prefix: "20000587". */
  termCode: string | null;
  /** The same thing elsewhere, absolute URIs (Wikidata …). */
  sameAs: string[];
  /** 0–100, how much the story is about it, where stated. */
  relevance: number | null;
  /** 0–100, how sure the statement is, where stated. */
  confidence: number | null;
}

export interface StoryPhoto {
  /** The picture's own identity (ninjs uri, NewsML-G2 guid), where given. */
  uri: string | null;
  caption: string | null;
  altText: string | null;
  creditText: string | null;
  /** Photographer. */
  creator: string | null;
  copyrightNotice: string | null;
  dateCreated: StoryTime | null;
  /** Where the picture was taken, as text. */
  contentLocation: string | null;
  /** IPTC digitalsourcetype URI or code, where stated. */
  digitalSourceType: string | null;
  /** Same picture in several sizes; empty where the input shows only its caption. */
  renditions: StoryRendition[];
  role: 'LEAD' | 'INLINE';
}

export interface StoryRendition {
  /** "original", "preview", "thumbnail" … or the width descriptor it was listed under ("640w"). */
  name: string | null;
  /** Absolute http(s) URL. */
  href: string;
  /** IANA media type. */
  contentType: string | null;
  /** Pixels. */
  width: number | null;
  /** Pixels. */
  height: number | null;
}

export interface StoryRelated {
  /** Title as printed; may be "" only where `url` or `uri` is given. */
  title: string;
  url: string | null;
  uri: string | null;
  rel: 'RELATED' | 'FEATURED' | 'BACKGROUND' | 'FOLLOW_UP' | 'UPDATE_OF' | 'COPY_OF';
}

export interface StoryEvent {
  uri: string | null;
  name: string;
  summary: string | null;
  startDate: StoryTime | null;
  endDate: StoryTime | null;
  /** As text. */
  location: string | null;
}

/** Where one field of the draft was found. */
export interface FieldProvenance {
  /** What read it: "json-ld", "og", "dom", "page-text", "ninjs" … */
  reader: string;
  /** Place in the input a person can go to: "line 5", "/newsItem/contentMeta/headline", "meta[property=og:title]". */
  place: string;
  /** 0–100. */
  confidence: number;
}

/** Keyed by the Story's field name. */
export type Provenance = Partial<Record<keyof Story, FieldProvenance>>;

/** One thing found in an input. A wire message may hold several; a page holds one. */
export type ParsedItem =
  | { kind: 'STORY'; story: Story; provenance: Provenance }
  | { kind: 'PHOTO'; photo: StoryPhoto }
  | { kind: 'EVENT'; event: StoryEvent }
  | { kind: 'TAG'; tag: StoryTag; broader: Pick<StoryTag, 'scheme' | 'termCode'> | null; names: Record<string, string> }
  /** Well-formed, but no story, photo, event or tag (planning item, video, kill without target …): `reason` is a sentence for a person. */
  | { kind: 'REJECTED'; reason: string };

/** What a parser is told besides the input itself. */
export interface ParseContext {
  /** Where the input was fetched from; resolves relative links. */
  url: string | null;
  /** When it was handed in; resolves "3 hours ago" and bounds absurd dates. */
  receivedAt: Date;
  /** IANA zone of the source where already known; reads zone-less times. */
  timeZone: string | null;
}

/** A parser: input text → items. Throws {@link ParseError} on malformed input; never returns an empty or garbled story. */
export type Parser = (input: string, context: ParseContext) => ParsedItem[];

/** The input cannot be read as the format it was handed in as. `field` names the place, `message` says what is wrong and the remedy. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** A story with every field at "not stated", for parsers to fill in. */
export function emptyStory(headline: string): Story {
  return {
    uri: null,
    canonicalUrl: null,
    source: null,
    headline,
    alternativeHeadline: null,
    abstract: null,
    byline: null,
    authors: [],
    dateline: null,
    bodyText: '',
    bodyHtml: null,
    language: null,
    datePublished: null,
    firstCreated: null,
    versionCreated: null,
    originVersion: null,
    pubStatus: 'USABLE',
    isCorrection: false,
    embargoedUntil: null,
    urgency: null,
    section: null,
    creditText: null,
    copyrightNotice: null,
    usageTerms: null,
    edNote: null,
    isAccessibleForFree: null,
    tags: [],
    photos: [],
    related: [],
    events: [],
  };
}

/** A picture of which nothing is stated yet. */
export function emptyPhoto(role: StoryPhoto['role']): StoryPhoto {
  return {
    uri: null,
    caption: null,
    altText: null,
    creditText: null,
    creator: null,
    copyrightNotice: null,
    dateCreated: null,
    contentLocation: null,
    digitalSourceType: null,
    renditions: [],
    role,
  };
}
