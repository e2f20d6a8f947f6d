/** NITF 2.5–3.6, the IPTC's news text format: one document, one story. https://iptc.org/std/NITF/3.6/ */
import {
  type ParseContext,
  type ParsedItem,
  ParseError,
  type Story,
  type StoryTag,
  type StoryTime,
} from '../../stories/story.ts';
import { readNitfBody } from './nitf/body.ts';
import { readHtmlBody } from './wire/body-html.ts';
import { conceptOf, domainOf, languageOf, wholeNumber } from './wire/identity.ts';
import { oneLine } from './wire/plain-text.ts';
import { finishStory } from './wire/story.ts';
import { keywordTag } from './wire/tags.ts';
import { readWireTime } from './wire/time.ts';
import { child, childrenOf, descendants, placeOf, readXml, textOf, type XmlElement } from './wire/xml.ts';

/** @throws {@link ParseError} when the input is no XML or holds no `nitf` element. */
export function parseNitf(input: string, context: ParseContext): ParsedItem[] {
  const root = readXml(input);
  const documents = root.local === 'nitf' ? [root] : descendants(root, 'nitf');
  if (documents.length === 0)
    throw new ParseError('nitf', `The root is <${root.local}>; a NITF document has a <nitf> element.`);
  return documents.map((document) => storyOf(document, context));
}

function storyOf(nitf: XmlElement, context: ParseContext): ParsedItem {
  const head = child(nitf, 'head');
  const docdata = child(head, 'docdata');
  const parts = readNitfBody(nitf, context.url);
  const headline = parts.headline ?? oneLine(textOf(child(head, 'title')));
  const body = readHtmlBody(parts.html, headline);
  const attribute = (name: string, key: string) => oneLine(descendants(head, name)[0]?.attributes[key]);
  const time = (name: string, key = 'norm') => readWireTime(attribute(name, key), context);
  const issued = time('date.issue');
  const released = time('date.release');
  const status = docdata?.attributes['management-status']?.toLowerCase() ?? '';
  const isHeld = released !== null && (issued === null || released.instant > issued.instant);
  const notes = [attribute('ed-msg', 'info'), parts.note, body.edNote].filter((note) => note);
  const id = attribute('doc-id', 'id-string');
  const holder = attribute('doc.copyright', 'holder');
  const sourceName = parts.distributor ?? attribute('doc-id', 'regsrc') ?? attribute('from-src', 'src-name') ?? holder;
  const replaces = oneLine(docdata?.attributes['management-doc-idref']);
  const story: Omit<Story, 'headline'> = {
    uri: id,
    canonicalUrl: null,
    source: sourceName ? { name: sourceName, domain: domainOf(id) } : null,
    alternativeHeadline: parts.subHeadline,
    abstract: parts.abstract,
    byline: parts.byline ?? body.byline,
    authors: parts.authors,
    dateline: parts.dateline.place,
    bodyText: body.text,
    bodyHtml: body.html || null,
    language: languageOf(nitf.attributes.baselang ?? nitf.attributes[`{http://www.w3.org/XML/1998/namespace}lang`]),
    datePublished: issued ?? time('pubdata', 'date.publication'),
    firstCreated: issued,
    versionCreated: latest(
      descendants(head, 'revision-history').map(({ attributes }) => readWireTime(attributes.norm, context)),
      issued,
    ),
    originVersion: wholeNumber(attribute('du-key', 'version'), 1, Number.MAX_SAFE_INTEGER),
    pubStatus: /cancel|kill/u.test(status)
      ? 'CANCELED'
      : /withheld/u.test(status)
        ? 'WITHHELD'
        : embargoStatus(status, isHeld),
    isCorrection: /correct/iu.test(`${attribute('ed-msg', 'msg-type') ?? ''} ${attribute('fixture', 'fix-id') ?? ''}`),
    embargoedUntil: isHeld ? released.instant : null,
    urgency: wholeNumber(attribute('urgency', 'ed-urg'), 1, 9),
    section: oneLine(attribute('pubdata', 'position.section')),
    creditText: parts.distributor ?? parts.dateline.agency,
    copyrightNotice: holder ? oneLine(`© ${attribute('doc.copyright', 'year') ?? ''} ${holder}`) : null,
    usageTerms: oneLine(child(docdata, 'doc.rights')?.attributes.limitations),
    edNote: notes.length > 0 ? notes.join('\n') : null,
    isAccessibleForFree: null,
    tags: [...subjectsOf(head), ...keywordsOf(docdata), ...placesOf(docdata)],
    photos: parts.photos.map((photo, index) => (index === 0 ? { ...photo, role: 'LEAD' } : photo)),
    related: replaces ? [{ title: '', url: null, uri: replaces, rel: 'UPDATE_OF' }] : [],
    events: [],
  };
  return finishStory({
    reader: 'nitf',
    headline,
    labels: [attribute('du-key', 'key'), attribute('ed-msg', 'info')],
    story,
    place: placeOf(nitf),
    places: {
      headline: parts.headline ? '/nitf/body/body.head/hedline/hl1' : '/nitf/head/title',
      byline: '/nitf/body/body.head/byline',
      authors: '/nitf/body/body.head/byline',
      dateline: '/nitf/body/body.head/dateline',
      abstract: '/nitf/body/body.head/abstract',
      bodyText: '/nitf/body/body.content',
      bodyHtml: '/nitf/body/body.content',
      datePublished: '/nitf/head/docdata/date.issue',
      embargoedUntil: '/nitf/head/docdata/date.release',
      tags: '/nitf/head/tobject',
    },
  });
}

/** The last revision, where one is stated that is later than the issue itself. */
function latest(revisions: (StoryTime | null)[], issued: StoryTime | null): StoryTime | null {
  return revisions.reduce((last, time) => (time && (!last || time.instant > last.instant) ? time : last), issued);
}

/** "embargoed" without a release date in the future of its issue is until further notice. */
function embargoStatus(status: string, isHeld: boolean): Story['pubStatus'] {
  return /embargo/u.test(status) && !isHeld ? 'WITHHELD' : 'USABLE';
}

/** tobject.subject: the most detailed name given; the IPTC's number is a subject code. */
function subjectsOf(head: XmlElement | undefined): StoryTag[] {
  return descendants(head, 'tobject.subject').flatMap(({ attributes }): StoryTag | never[] => {
    const code = oneLine(attributes['tobject.subject.refnum'] ?? attributes['tobject.subject.code']);
    const names = ['detail', 'matter', 'type'].map((part) => oneLine(attributes[`tobject.subject.${part}`]));
    const owner = oneLine(attributes['tobject.subject.ipr']);
    const concept = conceptOf(owner && !/iptc/iu.test(owner) ? owner : null, code);
    const name = names.find((part) => part) ?? (concept.scheme === 'subjectcode' ? code : null);
    return name ? { type: 'SUBJECT', name, ...concept, relevance: null, confidence: null } : [];
  });
}

/** keyword elements of the key-list, whose word stands in `key` or as text. */
function keywordsOf(docdata: XmlElement | undefined): StoryTag[] {
  return descendants(docdata, 'keyword').flatMap((keyword) => {
    const word = oneLine(keyword.attributes.key) ?? oneLine(textOf(keyword));
    return word ? keywordTag(word) : [];
  });
}

/** evloc: where the event took place. */
function placesOf(docdata: XmlElement | undefined): StoryTag[] {
  return childrenOf(docdata, 'evloc').flatMap(({ attributes }): StoryTag | never[] => {
    const name = oneLine(attributes.city) ?? oneLine(attributes['county-dist']) ?? oneLine(attributes['state-prov']);
    return name ? { ...keywordTag(name), type: 'PLACE' } : [];
  });
}
