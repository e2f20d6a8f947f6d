/** NewsML 1.0–1.2: NewsItems made of nested NewsComponents. Texts become stories with the pictures beside them. */
import { type ParseContext, type ParsedItem, ParseError, type Story, type StoryTag } from '../../stories/story.ts';
import { componentPhotos, mainContent, mediaTypes } from './newsml-1/components.ts';
import { uniquePhotos } from './wire/body-photos.ts';
import { readContent } from './wire/content.ts';
import { conceptOf, domainOf, languageOf, wholeNumber } from './wire/identity.ts';
import { authorsOf, readByline, readDateline } from './wire/lines.ts';
import { oneLine } from './wire/plain-text.ts';
import { finishStory } from './wire/story.ts';
import { keywordTag } from './wire/tags.ts';
import { readWireTime } from './wire/time.ts';
import { child, childrenOf, descendants, languageAt, placeOf, readXml, textOf, type XmlElement } from './wire/xml.ts';

/** @throws {@link ParseError} when the input is no XML or holds no NewsItem. */
export function parseNewsml1(input: string, context: ParseContext): ParsedItem[] {
  const root = readXml(input);
  const items = root.local === 'NewsItem' ? [root] : childrenOf(root, 'NewsItem');
  if (items.length === 0)
    throw new ParseError(
      'newsml',
      `The root <${root.local}> holds no NewsItem; NewsML 1 is a NewsML element with NewsItems.`,
    );
  const sender = partyOf(child(root, 'NewsEnvelope'), 'SentFrom');
  return items.map((item) => outcomeOf(item, sender, context));
}

function outcomeOf(item: XmlElement, sender: string | null, context: ParseContext): ParsedItem {
  const headline = firstLine(item, 'HeadLine');
  const content = mainContent(item);
  const photos = componentPhotos(item, context);
  const status = formalName(child(item, 'NewsManagement', 'Status'))?.toLowerCase() ?? '';
  if (!content && !/cancel|kill/u.test(status)) {
    const name = headline ?? identifierOf(item) ?? 'an item without a name';
    const [photo] = photos;
    if (photo)
      return {
        kind: 'PHOTO',
        photo: { ...photo, uri: photo.uri ?? identifierOf(item), caption: photo.caption ?? headline },
      };
    return {
      kind: 'REJECTED',
      reason: `Not a story: "${name}" holds no text (${mediaTypes(item).join(', ') || 'no content'}).`,
    };
  }
  return storyOf(item, { sender, content, headline, photos, status }, context);
}

interface TextItem {
  /** Whom the message is from. */
  sender: string | null;
  content: XmlElement | null;
  headline: string | null;
  photos: Story['photos'];
  /** Status in lower case: "usable", "embargoed" … */
  status: string;
}

function storyOf(item: XmlElement, text: TextItem, context: ParseContext): ParsedItem {
  const { content, photos, status } = text;
  const management = child(item, 'NewsManagement');
  const read = content ? readContent(content, text.headline, context) : null;
  const headline = text.headline ?? read?.nitf?.headline ?? null;
  const dateline = readDateline(firstLine(item, 'DateLine'));
  const byline =
    readByline(firstLine(item, 'ByLine')) ??
    read?.nitf?.byline ??
    partyOf(item, 'Creator') ??
    read?.body.byline ??
    null;
  const time = (name: string) => readWireTime(oneLine(textOf(child(management, name))), context);
  const firstCreated = time('FirstCreated');
  const versionCreated = time('ThisRevisionCreated');
  const embargoedUntil = /embargo/u.test(status) ? statusChange(management, context) : null;
  const identifier = child(item, 'Identification', 'NewsIdentifier');
  const provider = partyOf(item, 'Provider') ?? text.sender ?? partyOf(item, 'Source');
  const uri = identifierOf(item);
  const domain = domainOf(uri);
  const notes = [advisoryLine(item), read?.body.edNote].filter((note) => note);
  const sourceName = provider ?? domain;
  const story: Omit<Story, 'headline'> = {
    uri,
    canonicalUrl: null,
    source: sourceName ? { name: sourceName, domain } : null,
    alternativeHeadline: firstLine(item, 'SubHeadLine') ?? read?.nitf?.subHeadline ?? null,
    abstract: read?.nitf?.abstract ?? null,
    byline,
    authors: read?.nitf?.authors.length ? read.nitf.authors : authorsOf(byline),
    dateline: dateline.place ?? read?.nitf?.dateline.place ?? null,
    bodyText: read?.body.text ?? '',
    bodyHtml: read?.body.html || null,
    language: languageOf(formalName(descendants(item, 'Language')[0])?.toLowerCase()) ?? languageOf(languageAt(item)),
    datePublished: firstCreated ?? versionCreated,
    firstCreated,
    versionCreated,
    originVersion: wholeNumber(oneLine(textOf(child(identifier, 'RevisionId'))), 1, Number.MAX_SAFE_INTEGER),
    pubStatus: statusOf(status, embargoedUntil),
    isCorrection: /correct/iu.test(formalName(child(management, 'Instruction')) ?? ''),
    embargoedUntil,
    urgency: wholeNumber(formalName(child(management, 'Urgency')), 1, 9),
    section: null,
    creditText: firstLine(item, 'CreditLine') ?? dateline.agency,
    copyrightNotice: firstLine(item, 'CopyrightLine'),
    usageTerms: oneLine(textOf(descendants(item, 'UsageType')[0])),
    edNote: notes.length > 0 ? notes.join('\n') : null,
    isAccessibleForFree: null,
    tags: tagsOf(item),
    photos: uniquePhotos(photos, read?.photos ?? []),
    related: childrenOf(management, 'DerivedFrom').flatMap(({ attributes }) =>
      attributes.NewsItem ? { title: '', url: null, uri: attributes.NewsItem, rel: 'RELATED' as const } : [],
    ),
    events: [],
  };
  return finishStory({
    reader: 'newsml-1',
    headline,
    labels: [firstLine(item, 'SlugLine'), oneLine(textOf(child(item, 'Identification', 'NameLabel')))],
    story,
    place: placeOf(item),
    places: {
      ...(read?.place ? { bodyText: read.place, bodyHtml: read.place } : {}),
      headline: `${placeOf(item)}//NewsLines/HeadLine`,
      dateline: `${placeOf(item)}//NewsLines/DateLine`,
      datePublished: `${placeOf(item)}/NewsManagement/FirstCreated`,
    },
  });
}

/** The first news line of that name, outermost component first; lines of media components are captions, not ours. */
function firstLine(item: XmlElement, name: string): string | null {
  const lines = descendants(item, 'NewsLines').filter(({ parent }) => {
    const role = formalName(child(parent, 'Role')) ?? '';
    return role === '' || /^(?:main|body|text|article|story)$/iu.test(role);
  });
  for (const newsLines of lines) {
    const line = childrenOf(newsLines, name)
      .map((element) => oneLine(textOf(element)))
      .find((text) => text !== null);
    if (line) return line;
  }
  return null;
}

/** The note to editors among the free news lines ("RECASTS with attack …"). */
function advisoryLine(item: XmlElement): string | null {
  const line = descendants(item, 'NewsLine').find((candidate) =>
    /advisory|ednote|editor/iu.test(formalName(child(candidate, 'NewsLineType')) ?? ''),
  );
  return oneLine(textOf(child(line, 'NewsLineText')));
}

function identifierOf(item: XmlElement): string | null {
  return oneLine(textOf(child(item, 'Identification', 'NewsIdentifier', 'PublicIdentifier')));
}

function partyOf(item: XmlElement | undefined, role: string): string | null {
  const party = child(descendants(item, role)[0], 'Party');
  return formalName(party) ?? oneLine(textOf(party));
}

function formalName(element: XmlElement | undefined): string | null {
  return oneLine(element?.attributes.FormalName);
}

/** When a status of "embargoed" ends: StatusWillChange with its date. */
function statusChange(management: XmlElement | undefined, context: ParseContext): Date | null {
  const date = descendants(child(management, 'StatusWillChange'), 'DateAndTime')[0];
  return readWireTime(oneLine(textOf(date)), context)?.instant ?? null;
}

function statusOf(status: string, embargoedUntil: Date | null): Story['pubStatus'] {
  if (/cancel|kill/u.test(status)) return 'CANCELED';
  return /withheld|embargo/u.test(status) && embargoedUntil === null ? 'WITHHELD' : 'USABLE';
}

/** Subject codes (named by the item's TopicSet where it has one), keywords, persons in the picture, places, genres. */
function tagsOf(item: XmlElement): StoryTag[] {
  const names = new Map(
    descendants(item, 'Topic').map((topic) => [
      oneLine(textOf(child(topic, 'FormalName'))) ?? '',
      topicName(topic, languageAt(item) ?? 'en'),
    ]),
  );
  const tag = (type: StoryTag['type'], name: string): StoryTag => ({ ...keywordTag(name), type });
  const subjects = descendants(item, 'Subject', 'SubjectMatter', 'SubjectDetail').flatMap(
    (subject): StoryTag | never[] => {
      const code = formalName(subject);
      if (!code) return [];
      const concept = conceptOf(subject.attributes.Scheme ?? null, code);
      const name = names.get(code) ?? (concept.scheme === 'subjectcode' ? code : null);
      return name ? { ...tag('SUBJECT', name), ...concept } : [];
    },
  );
  const properties = descendants(item, 'Property').flatMap(({ attributes, parent }): StoryTag | never[] => {
    const name = oneLine(attributes.Value);
    const kind = attributes.FormalName ?? '';
    if (!name || parent?.local === 'Characteristics') return [];
    if (/keyword/iu.test(kind)) return tag(/person/iu.test(attributes.Role ?? '') ? 'PERSON' : 'KEYWORD', name);
    return /^(?:city|country|region|location)$/iu.test(kind) && !/^\p{Lu}{2,3}$/u.test(name) ? tag('PLACE', name) : [];
  });
  const genres = descendants(item, 'Genre').flatMap((genre) => formalName(genre) ?? []);
  return [...subjects, ...properties, ...[...new Set(genres)].map((name) => tag('GENRE', name))];
}

function topicName(topic: XmlElement, language: string): string | null {
  const described = childrenOf(topic, 'Description').filter(
    (description) => description.attributes.Variant !== 'Category',
  );
  const named = described.find((description) => languageAt(description) === language) ?? described[0];
  return oneLine(textOf(named));
}
