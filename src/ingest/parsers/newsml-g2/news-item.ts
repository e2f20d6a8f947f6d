/** A newsItem: text → story, picture → photo, anything else → a clear "not a story". */

import type { ParseContext, ParsedItem, Story, StoryPhoto, StoryRelated } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { uniquePhotos } from '../wire/body-photos.ts';
import { webUrl, wholeNumber } from '../wire/identity.ts';
import { authorsOf, readByline, readDateline } from '../wire/lines.ts';
import { oneLine } from '../wire/plain-text.ts';
import { finishStory } from '../wire/story.ts';
import { child, childrenOf, placeOf, textOf, type XmlElement } from '../wire/xml.ts';
import { eventsOf, tagsOf } from './concepts.ts';
import { contentOf, renditionsOf } from './content.ts';
import {
  headlinesOf,
  itemClassOf,
  languageOfItem,
  lineAt,
  notesOf,
  rightsOf,
  signalsOf,
  sourceOf,
  statusOf,
  summaryOf,
  timeAt,
  urgencyOf,
} from './meta.ts';
import { codeOf, literalName, nameOf } from './names.ts';

/** Schemes and types by which agencies name their own departments. */
const DEPARTMENT = /(?:category|categories|department|desk|section)$/iu;

/** What a package says about one of its members. */
export interface PackageTies {
  photos: StoryPhoto[];
  related: StoryRelated[];
}

/** Reads one newsItem; `ties` are the photos and stories that a package of the same message puts beside it. */
export function newsItem(
  item: XmlElement,
  context: ParseContext,
  ties: PackageTies = { photos: [], related: [] },
): ParsedItem {
  const itemClass = itemClassOf(item);
  if (itemClass === 'picture') return pictureItem(item, context);
  if (itemClass !== '' && itemClass !== 'text' && itemClass !== 'composite') {
    const name = headlinesOf(item).main ?? item.attributes.guid ?? 'an item without a name';
    return { kind: 'REJECTED', reason: `Not a story: "${name}" is of class ${itemClass}.` };
  }
  return textItem(item, context, ties);
}

function textItem(item: XmlElement, context: ParseContext, ties: PackageTies): ParsedItem {
  const itemMeta = child(item, 'itemMeta');
  const meta = child(item, 'contentMeta');
  const headlines = headlinesOf(item);
  const { body, photos, nitf, place } = contentOf(item, headlines.main, context);
  const headline = headlines.main ?? nitf?.headline ?? null;
  const byline = readByline(lineAt(meta, 'by')) ?? nitf?.byline ?? body.byline;
  const dateline = readDateline(lineAt(meta, 'dateline'));
  const firstCreated = timeAt(itemMeta, 'firstCreated', context);
  const contentCreated = timeAt(meta, 'contentCreated', context);
  const versionCreated = timeAt(itemMeta, 'versionCreated', context) ?? timeAt(meta, 'contentModified', context);
  const notes = [...notesOf(item), ...(body.edNote ? [body.edNote] : [])];
  const story: Omit<Story, 'headline'> = {
    uri: item.attributes.guid ?? null,
    canonicalUrl: canonicalUrlOf(item),
    source: sourceOf(item),
    alternativeHeadline: headlines.other ?? nitf?.subHeadline ?? null,
    abstract: summaryOf(item, headline) ?? nitf?.abstract ?? null,
    byline,
    authors: authorNames(item, byline, nitf?.authors ?? []),
    dateline: dateline.place ?? nitf?.dateline.place ?? locatedOf(item),
    bodyText: body.text,
    bodyHtml: body.html || null,
    language: languageOfItem(item),
    datePublished: firstCreated ?? contentCreated ?? versionCreated,
    firstCreated: firstCreated ?? contentCreated,
    versionCreated,
    originVersion: wholeNumber(item.attributes.version, 1, Number.MAX_SAFE_INTEGER),
    ...statusOf(item, context),
    isCorrection: signalsOf(item).some((signal) => /^correct/u.test(signal)),
    urgency: urgencyOf(item),
    section: sectionOf(item),
    creditText: creditOf(item) ?? dateline.agency,
    copyrightNotice: rightsOf(item, 'copyrightNotice'),
    usageTerms: rightsOf(item, 'usageTerms'),
    edNote: notes.length > 0 ? notes.join('\n') : null,
    isAccessibleForFree: null,
    tags: tagsOf(item),
    photos: uniquePhotos(ties.photos, photos),
    related: [...ties.related, ...linksOf(itemMeta)],
    events: eventsOf(item),
  };
  const at = (path: string) => `${placeOf(item)}/${path}`;
  return finishStory({
    reader: 'newsml-g2',
    headline,
    labels: [lineAt(meta, 'slugline'), notes[0] ?? null],
    story,
    place: placeOf(item),
    places: {
      headline: headlines.element ? placeOf(headlines.element) : at('itemMeta/title'),
      bodyText: place ?? at('contentMeta/description'),
      bodyHtml: place ?? at('contentSet'),
      byline: at('contentMeta/by'),
      authors: at('contentMeta/by'),
      dateline: at('contentMeta/dateline'),
      tags: at('contentMeta/subject'),
      datePublished: at('itemMeta/firstCreated'),
      versionCreated: at('itemMeta/versionCreated'),
      embargoedUntil: at('itemMeta/embargoed'),
    },
  });
}

function pictureItem(item: XmlElement, context: ParseContext): ParsedItem {
  const photo = photoOf(item, 'LEAD', context);
  const name = photo.caption ?? photo.uri ?? 'a picture without a name';
  if (statusOf(item, context).pubStatus === 'CANCELED')
    return { kind: 'REJECTED', reason: `The picture "${name}" is withdrawn; nothing to store.` };
  if (photo.caption || photo.renditions.length > 0) return { kind: 'PHOTO', photo };
  return { kind: 'REJECTED', reason: `The picture "${name}" has neither a caption nor an address.` };
}

/** A picture newsItem as a photo; its headline serves as caption only where it has no description. */
export function photoOf(item: XmlElement, role: StoryPhoto['role'], context: ParseContext): StoryPhoto {
  const meta = child(item, 'contentMeta');
  const descriptions = childrenOf(meta, 'description');
  const caption =
    descriptions.find((description) => /caption/iu.test(description.attributes.role ?? '')) ?? descriptions[0];
  const photographer = childrenOf(meta, 'creator').find((creator) => nameOf(creator));
  return {
    ...emptyPhoto(role),
    uri: item.attributes.guid ?? null,
    caption: oneLine(textOf(caption)) ?? headlinesOf(item).main,
    creditText: creditOf(item),
    creator: nameOf(photographer) ?? readByline(lineAt(meta, 'by')),
    copyrightNotice: rightsOf(item, 'copyrightNotice'),
    dateCreated: timeAt(meta, 'contentCreated', context) ?? timeAt(child(item, 'itemMeta'), 'firstCreated', context),
    contentLocation: nameOf(child(meta, 'located')),
    digitalSourceType:
      child(meta, 'digitalSourceType')?.attributes.uri ?? child(meta, 'digitalSourceType')?.attributes.qcode ?? null,
    renditions: renditionsOf(item, context),
  };
}

/** creditline without trailing dashes ("STT–"); else the named source of the information. */
function creditOf(item: XmlElement): string | null {
  const meta = child(item, 'contentMeta');
  const credit = lineAt(meta, 'creditline')?.replace(/\s*[-–—]+$/u, '');
  return credit || nameOf(child(meta, 'infoSource')) || literalName(child(meta, 'infoSource'));
}

/** The byline's names; else named creators, where they are people's names and not log-ins or codes. */
function authorNames(item: XmlElement, byline: string | null, nitfAuthors: string[]): string[] {
  const printed = authorsOf(byline);
  if (nitfAuthors.length > 0) return nitfAuthors;
  if (printed.length > 0) return printed;
  return childrenOf(child(item, 'contentMeta'), 'creator').flatMap((creator) => authorsOf(nameOf(creator)));
}

function locatedOf(item: XmlElement): string | null {
  const name = nameOf(child(item, 'contentMeta', 'located'));
  return name && !/^no[- ]data/iu.test(name) ? name : null;
}

/** The subject that stands for the agency's own department ("dpacat:sp", "sttdepartment:11"). */
function sectionOf(item: XmlElement): string | null {
  const subject = childrenOf(child(item, 'contentMeta'), 'subject').find(({ attributes }) =>
    [attributes.type, attributes.qcode?.split(':')[0]].some((scheme) => DEPARTMENT.test(scheme ?? '')),
  );
  const name = nameOf(subject);
  return name && /\p{Ll}{2}/u.test(name) ? name : null;
}

function canonicalUrlOf(item: XmlElement): string | null {
  const link = childrenOf(child(item, 'itemMeta'), 'link').find((candidate) =>
    /^(?:canonical|permalink|weblink)$/u.test(codeOf(candidate, 'rel', 'reluri')),
  );
  return webUrl(link?.attributes.href, null);
}

/** Links to other stories ("see also", follow-ups, the text this one replaces or translates). */
function linksOf(itemMeta: XmlElement | undefined): StoryRelated[] {
  return childrenOf(itemMeta, 'link').flatMap((link): StoryRelated | never[] => {
    const rel = codeOf(link, 'rel', 'reluri');
    const relation = /^(?:seealso|related|hasrelated|dependson)$/u.test(rel)
      ? 'RELATED'
      : /^evolvedfrom$/u.test(rel)
        ? 'FOLLOW_UP'
        : null;
    const url = webUrl(link.attributes.href, null);
    const uri = link.attributes.residref ?? null;
    return relation && (url || uri) ? { title: lineAt(link, 'title') ?? '', url, uri, rel: relation } : [];
  });
}
