/** A ninjs picture, on its own or associated with a story. */

import type { ParseContext, StoryPhoto, StoryRendition } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { webUrl, wholeNumber } from '../wire/identity.ts';
import { oneLine } from '../wire/plain-text.ts';
import { readWireTime } from '../wire/time.ts';
import { type Fields, fieldsOf, lineOf, objectsOf, roleTexts } from './fields.ts';

/** Roles of a picture's texts, best caption first; others ("writer", "script") are no captions. */
const CAPTION_ROLES = ['caption', 'text', 'main', '', 'summary', 'long', 'short', 'xhtml', 'html', 'richtext'];

/** Reads a picture; its headline serves as caption only where it has no description. */
export function photoOf(item: Fields, role: StoryPhoto['role'], context: ParseContext): StoryPhoto {
  const descriptions = roleTexts(item, 'description', 'descriptions');
  const caption = CAPTION_ROLES.map((wanted) => descriptions.find((text) => text.role === wanted)).find((text) => text);
  const headline = roleTexts(item, 'headline', 'headlines')[0]?.value ?? lineOf(item, 'title');
  const photographer = fieldsOf(item.get('photographer'));
  return {
    ...emptyPhoto(role),
    uri: lineOf(item, 'uri', 'guid'),
    caption: oneLine(caption?.value) ?? oneLine(headline),
    altText: lineOf(item, 'alttext', 'body_alt', 'description_alt'),
    creditText: lineOf(item, 'creditline', 'description_creditline', 'copyrightholder', 'source'),
    creator: lineOf(item, 'by', 'byline') ?? (photographer ? lineOf(photographer, 'name') : null),
    copyrightNotice: lineOf(item, 'copyrightnotice'),
    dateCreated: readWireTime(item.get('contentcreated'), context) ?? readWireTime(item.get('firstcreated'), context),
    contentLocation: lineOf(item, 'located') ?? placeNames(item),
    digitalSourceType: lineOf(item, 'digitalsourcetype'),
    renditions: renditionsOf(item, context),
  };
}

/** Still renditions with an absolute address; videos' and texts' are left out. */
export function renditionsOf(item: Fields, context: ParseContext): StoryRendition[] {
  return objectsOf(item, 'renditions').flatMap((rendition) => {
    const contentType = lineOf(rendition, 'contenttype', 'mimetype')?.toLowerCase() ?? null;
    const href = webUrl(rendition.get('href'), context.url);
    if (!href || (contentType?.includes('/') && !contentType.startsWith('image/'))) return [];
    const pixels = (name: string) => wholeNumber(rendition.get(name), 1, 1_000_000);
    return {
      name: lineOf(rendition, 'name', 'title'),
      href,
      contentType: contentType === 'image/jpg' ? 'image/jpeg' : contentType,
      width: pixels('width'),
      height: pixels('height'),
    };
  });
}

function placeNames(item: Fields): string | null {
  const names = objectsOf(item, 'places', 'place').flatMap((place) => lineOf(place, 'name') ?? []);
  return names.length > 0 && names.length <= 4 ? names.join(', ') : null;
}
