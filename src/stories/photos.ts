import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { boundedKey, textKey, urlKey } from './identity.ts';
import type { StoryPhoto } from './story.ts';

const PHOTO = {
  id: 'uuid',
  identity: 'text',
  uri: 'text',
  caption: 'text',
  alt_text: 'text',
  credit_text: 'text',
  creator: 'text',
  copyright_notice: 'text',
  date_created: 'timestamptz',
  content_location: 'text',
  digital_source_type: 'text',
};
const RENDITION = {
  photo_id: 'uuid',
  position: 'int',
  name: 'text',
  href: 'text',
  content_type: 'text',
  width: 'int',
  height: 'int',
};
const USAGE = { article_id: 'uuid', photo_id: 'uuid', position: 'int', role: 'photo_role', caption: 'text' };

/**
 * Stores the photos of stories and the edges to them, in page order. A picture that is known already is shared, and
 * keeps what its first story said of it; the edge keeps the caption as each story printed it.
 */
export async function writePhotos(
  tx: Transaction,
  stories: { articleId: string; photos: StoryPhoto[] }[],
): Promise<void> {
  const photos = stories.flatMap((story) => story.photos);
  if (photos.length === 0) return;
  const stored = await storePhotos(tx, photos);
  const ids = new Map(photos.map((photo, index) => [photoIdentity(photo), stored[index]?.id]));
  const usages = stories.flatMap(({ articleId, photos }) => {
    const unique = new Map(photos.map((photo) => [photoIdentity(photo), photo]));
    return [...unique].map(([identity, photo], position) => ({
      article_id: articleId,
      photo_id: ids.get(identity),
      position,
      role: photo.role,
      caption: photo.caption,
    }));
  });
  await insertRows(tx, 'article_photos', USAGE, usages);
}

/** The picture's uri, else its largest rendition's URL, else a hash of what is printed under it. */
function photoIdentity(photo: StoryPhoto): string {
  if (photo.uri) return `uri:${boundedKey(photo.uri)}`;
  const largest = photo.renditions.reduce<StoryPhoto['renditions'][number] | undefined>(
    (best, rendition) => (best && (best.width ?? 0) >= (rendition.width ?? 0) ? best : rendition),
    undefined,
  );
  if (largest) return `url:${urlKey(largest.href) ?? boundedKey(largest.href)}`;
  const printed = textKey(JSON.stringify([photo.caption, photo.altText, photo.creditText]));
  return `text:${createHash('sha256').update(printed).digest('hex').slice(0, 32)}`;
}

/** Stores pictures that are not known yet; returns the id of each, in the order given. */
export async function storePhotos(tx: Transaction, given: StoryPhoto[]): Promise<{ id: string; isNew: boolean }[]> {
  const photos = new Map<string, StoryPhoto>();
  for (const photo of given) {
    const identity = photoIdentity(photo);
    if (!photos.has(identity)) photos.set(identity, photo);
  }
  // Sorted, so that two transactions that add the same pictures wait for each other instead of deadlocking.
  const rows = [...photos]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([identity, photo]) => ({
      id: uuid(),
      identity,
      uri: photo.uri,
      caption: photo.caption,
      alt_text: photo.altText,
      credit_text: photo.creditText,
      creator: photo.creator,
      copyright_notice: photo.copyrightNotice,
      date_created: photo.dateCreated?.instant,
      content_location: photo.contentLocation,
      digital_source_type: photo.digitalSourceType,
    }));
  await insertRows(tx, 'photos', PHOTO, rows, 'on conflict (identity) do nothing');
  const stored = await tx.query<{ identity: string; id: string }>(
    'select identity, id from photos where identity = any($1)',
    [[...photos.keys()]],
  );
  const ids = new Map(stored.rows.map((row) => [row.identity, row.id]));
  const renditions = rows
    .filter((row) => ids.get(row.identity) === row.id)
    .flatMap((row) =>
      (photos.get(row.identity)?.renditions ?? []).map((rendition, position) => ({
        photo_id: row.id,
        position,
        name: rendition.name,
        href: rendition.href,
        content_type: rendition.contentType,
        width: rendition.width,
        height: rendition.height,
      })),
    );
  await insertRows(tx, 'renditions', RENDITION, renditions);
  const added = new Set(rows.map((row) => row.id));
  return given.map((photo) => {
    const id = ids.get(photoIdentity(photo)) ?? '';
    return { id, isNew: added.has(id) };
  });
}
