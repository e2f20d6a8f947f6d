/** A ninjs text or composite item → story. */
import type { ParseContext, ParsedItem, Story, StoryPhoto, StoryRelated, StorySource } from '../../../stories/story.ts';
import { looksLikeHtml, readHtmlBody, readTextBody, type WireBody } from '../wire/body-html.ts';
import { photosOfHtml, uniquePhotos } from '../wire/body-photos.ts';
import { domainOf, languageOf, webUrl, wholeNumber } from '../wire/identity.ts';
import { authorsOf, readByline } from '../wire/lines.ts';
import { oneLine } from '../wire/plain-text.ts';
import { finishStory } from '../wire/story.ts';
import { readWireTime } from '../wire/time.ts';
import { eventsOf, tagsOf } from './concepts.ts';
import { type Fields, fieldsOf, lineOf, objectsOf, type RoleText, roleTexts, typeOf } from './fields.ts';
import { photoOf } from './photo.ts';

const HTML_ROLES = ['nitf', 'html', 'xhtml', 'html5', 'richtext', 'richhtml5'];
const ABSTRACT_ROLES = ['summary', 'abstract', 'text', 'main', '', 'short', 'xhtml', 'html', 'richtext'];

/** Reads a story. `place` is the item's path in the JSON, "" for the root. */
export function storyItem(item: Fields, place: string, context: ParseContext): ParsedItem {
  const headlines = roleTexts(item, 'headline', 'headlines');
  const main = headlines.find((text) => text.role === '' || text.role === 'main') ?? headlines[0];
  const headline = oneLine(main?.value) ?? lineOf(item, 'title');
  const source = bodySource(roleTexts(item, 'body', 'bodies'));
  const body = readBody(source, headline);
  const descriptions = roleTexts(item, 'description', 'descriptions');
  const abstract = ABSTRACT_ROLES.map((role) => descriptions.find((text) => text.role === role)).find((text) => text);
  const byline = readByline(lineOf(item, 'by', 'byline')) ?? readByline(firstByline(item)) ?? body.byline;
  const uri = lineOf(item, 'uri', 'guid');
  const time = (name: string) => readWireTime(item.get(name), context);
  const { photos, related } = associationsOf(item, context);
  const embargo = embargoOf(item, context);
  const notes = [lineOf(item, 'ednote'), body.edNote, embargo.note].filter((note) => note);
  const story: Omit<Story, 'headline'> = {
    uri,
    canonicalUrl: webUrl(lineOf(item, 'canonicalurl', 'url', 'weburl'), null),
    source: sourceOf(item, uri),
    alternativeHeadline: oneLine(headlines.find((text) => text !== main && oneLine(text.value) !== headline)?.value),
    abstract: oneLine(abstract?.value),
    byline,
    authors: authorNames(item, byline),
    dateline: locatedOf(item, byline),
    bodyText: body.text,
    bodyHtml: body.html || null,
    language: languageOf(item.get('language')),
    datePublished:
      ['firstpublished', 'firstcreated', 'contentcreated', 'versioncreated'].map(time).find((at) => at) ?? null,
    firstCreated: time('firstcreated'),
    versionCreated: time('versioncreated'),
    originVersion: wholeNumber(item.get('version'), 1, Number.MAX_SAFE_INTEGER),
    pubStatus: embargo.withheld ? 'WITHHELD' : statusOf(item),
    isCorrection: [item.get('signals'), item.get('signal')]
      .flat()
      .some((signal) => /correction/iu.test(String(signal))),
    embargoedUntil: embargo.until,
    urgency: wholeNumber(item.get('urgency'), 1, 9),
    section: lineOf(objectsOf(item, 'service')[0] ?? new Map(), 'name'),
    creditText: lineOf(item, 'creditline', 'description_creditline'),
    copyrightNotice: lineOf(item, 'copyrightnotice'),
    usageTerms: lineOf(item, 'usageterms'),
    edNote: notes.length > 0 ? notes.join('\n') : null,
    isAccessibleForFree: null,
    tags: tagsOf(item),
    photos: uniquePhotos(photos, photosOfHtml(source?.value ?? '', context.url)),
    related,
    events: eventsOf(item),
  };
  const at = (path: string) => `${place}/${path}`;
  return finishStory({
    reader: 'ninjs',
    headline,
    labels: [lineOf(item, 'slugline'), lineOf(item, 'ednote')],
    story,
    place: place || '/',
    places: {
      headline: at(main?.place ?? 'title'),
      bodyText: at(source?.place ?? abstract?.place ?? ''),
      bodyHtml: at(source?.place ?? ''),
      abstract: at(abstract?.place ?? ''),
      photos: at('associations'),
      related: at('associations'),
      dateline: at('located'),
    },
  });
}

/** pubstatus: usable, withheld or canceled (ninjs), with the spellings seen in the wild. */
export function statusOf(item: Fields): Story['pubStatus'] {
  const status = lineOf(item, 'pubstatus')?.toLowerCase() ?? '';
  if (/cancel|kill|delet|withdraw/u.test(status)) return 'CANCELED';
  return /withheld|embargo/u.test(status) ? 'WITHHELD' : 'USABLE';
}

/** The richest readable body: HTML or NITF first, then plain text; other XML (TTNITF and the like) is no body we read. */
function bodySource(bodies: RoleText[]): (RoleText & { isHtml: boolean }) | null {
  const readable = bodies.filter((body) => !/xml$/u.test(body.contentType) || /html|nitf/u.test(body.contentType));
  const isHtml = (body: RoleText) =>
    HTML_ROLES.includes(body.role) || body.contentType.includes('html') || looksLikeHtml(body.value);
  const chosen = readable.find((body) => isHtml(body) && oneLine(body.value)) ?? readable[0];
  return chosen ? { ...chosen, isHtml: isHtml(chosen) } : null;
}

function readBody(source: (RoleText & { isHtml: boolean }) | null, headline: string | null): WireBody {
  if (!source) return { text: '', html: null, byline: null, edNote: null };
  if (!source.isHtml) return readTextBody(source.value, headline);
  const nitf = /<body\.content\b[^>]*>([\s\S]*?)<\/body\.content>/iu.exec(source.value);
  return readHtmlBody(nitf?.[1] ?? source.value, headline);
}

/** A date embargoes until then; any other text ("until the speech is delivered") until further notice. */
function embargoOf(
  item: Fields,
  context: ParseContext,
): { until: Date | null; withheld: boolean; note: string | null } {
  const stated = lineOf(item, 'embargoed');
  if (!stated) return { until: null, withheld: false, note: null };
  const until = readWireTime(stated, context)?.instant ?? null;
  const reason = lineOf(item, 'embargoedreason');
  const note = until ? reason : [stated, reason].filter((part) => part).join('; ');
  return { until, withheld: until === null, note: note ? `Embargoed: ${note}` : null };
}

function sourceOf(item: Fields, uri: string | null): StorySource | null {
  const infoSource = objectsOf(item, 'infosources', 'infosource')[0];
  const domain = domainOf(uri);
  const name =
    lineOf(item, 'source') ??
    (infoSource ? lineOf(infoSource, 'name') : null) ??
    lineOf(item, 'provider', 'copyrightholder') ??
    domain;
  return name ? { name, domain } : null;
}

/** AP's Media API lists bylines as objects. */
function firstByline(item: Fields): string | null {
  const [byline] = objectsOf(item, 'bylines');
  return byline ? lineOf(byline, 'by', 'byline') : null;
}

/** Names out of the byline; without one, the authors the item lists as such. */
function authorNames(item: Fields, byline: string | null): string[] {
  const names = authorsOf(byline);
  if (names.length > 0) return names;
  return objectsOf(item, 'authors').flatMap((author) => {
    const role = lineOf(author, 'role')?.toLowerCase() ?? 'author';
    return /author|writer|reporter/u.test(role) ? (lineOf(author, 'name') ?? []) : [];
  });
}

/** Where the item says it was filed; a place that names the author was filled in by mistake. */
function locatedOf(item: Fields, byline: string | null): string | null {
  const located =
    lineOf(item, 'dateline', 'located') ?? lineOf(fieldsOf(item.get('datelinelocation')) ?? new Map(), 'city');
  const first = located?.split(',')[0] ?? '';
  return first.includes(' ') && byline?.includes(first) ? null : located;
}

/** Pictures become photos (the first, or one named as the main one, leads); texts become related stories. */
function associationsOf(item: Fields, context: ParseContext): { photos: StoryPhoto[]; related: StoryRelated[] } {
  const members = objectsOf(item, 'associations');
  const pictures = members.filter((member) => typeOf(member) === 'picture');
  const named = pictures.findIndex((picture) => /main|feature|lead|hero|top/iu.test(lineOf(picture, 'name') ?? ''));
  const photos = pictures
    .filter((picture) => statusOf(picture) !== 'CANCELED')
    .map((picture) => photoOf(picture, picture === pictures[Math.max(named, 0)] ? 'LEAD' : 'INLINE', context))
    .filter((photo) => photo.caption !== null || photo.renditions.length > 0);
  const related = members.flatMap((member): StoryRelated | never[] => {
    if (!/^(?:text|composite)$/u.test(typeOf(member))) return [];
    const title = oneLine(roleTexts(member, 'headline', 'headlines')[0]?.value) ?? lineOf(member, 'title') ?? '';
    const uri = lineOf(member, 'uri', 'guid');
    return title || uri ? { title, url: webUrl(lineOf(member, 'url', 'canonicalurl'), null), uri, rel: 'RELATED' } : [];
  });
  return { photos, related };
}
