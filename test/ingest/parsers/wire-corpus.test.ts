import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../src/ingest/detect.ts';
import { parseFeed } from '../../../src/ingest/parsers/feed.ts';
import { parseNewsml1 } from '../../../src/ingest/parsers/newsml-1.ts';
import { parseNewsmlG2 } from '../../../src/ingest/parsers/newsml-g2.ts';
import { parseNinjs } from '../../../src/ingest/parsers/ninjs.ts';
import { parseNitf } from '../../../src/ingest/parsers/nitf.ts';
import type { ParsedItem, Parser } from '../../../src/stories/story.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpora/wire');
const PARSERS: Record<string, { parse: Parser; format: string }> = {
  ninjs: { parse: parseNinjs, format: 'NINJS' },
  'ap-media': { parse: parseNinjs, format: 'NINJS' },
  'newsml-g2': { parse: parseNewsmlG2, format: 'NEWSML_G2' },
  nitf: { parse: parseNitf, format: 'NITF' },
  'newsml-1': { parse: parseNewsml1, format: 'NEWSML_1' },
  feed: { parse: parseFeed, format: 'FEED' },
};

/** What an editor would make of each file, found by reading them; files not named here are one story each. */
const NOT_ONE_STORY: Record<string, ParsedItem['kind'][]> = {
  'ap-media/ap_media_picture.json.xml': ['PHOTO'],
  // Only links to the text.
  'ap-media/ap_media_text_feed.json.xml': ['REJECTED'],
  'feed/wenn.xml': ['STORY', 'STORY'],
  'newsml-g2/LISTING_11_Person_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml': ['TAG'],
  'newsml-g2/LISTING_14_Event_sent_as_a_Concept_Item.xml': ['EVENT'],
  'newsml-g2/LISTING_18_Planning_Item_at_PCL.xml': ['REJECTED'],
  'newsml-g2/LISTING_19_Planning_Item_with_delivery_at_CCL.xml': ['REJECTED'],
  'newsml-g2/LISTING_20_Planning_Item_with_delivery_at_PCL.xml': ['REJECTED'],
  // Metadata without content.
  'newsml-g2/LISTING_29_Hop_History.xml': ['REJECTED'],
  'newsml-g2/facet-example.xml': ['REJECTED'],
  'newsml-g2/LISTING_3A_Photo_in_NewsML-G2__URI_sibling_attributes_.xml': ['PHOTO'],
  'newsml-g2/LISTING_3_Photo_in_NewsML-G2.xml': ['PHOTO'],
  'newsml-g2/LISTING_4_Multiple_Renditions_of_a_Video_in_NewsML-G2.xml': ['REJECTED'],
  // Packages that only refer to items sent elsewhere.
  'newsml-g2/LISTING_6_Simple_NewsML-G2_Package.xml': ['REJECTED'],
  'newsml-g2/tag_reuters.com_2014_newsml_KBN0FL0NM_version_10.xml': ['REJECTED'],
  'newsml-g2/ap.xml': ['STORY', 'STORY', 'STORY'],
  'newsml-g2/ap_metadata_example.xml': ['REJECTED'],
  'newsml-g2/picture.xml': ['PHOTO'],
  'newsml-g2/tag_reuters.com_2014_newsml_LYNXMPEA6F0MS_version_2.xml': ['PHOTO'],
  'newsml-g2/tag_reuters.com_2014_newsml_LYNXMPEA6F0MT_version_2.xml': ['PHOTO'],
  'newsml-g2/tag_reuters.com_2014_newsml_LYNXMPEA6F13M_version_1.xml': ['PHOTO'],
  'newsml-g2/tools_xslt_TT_newsmlg2_sample.xml': ['STORY', 'PHOTO'],
  'newsml-g2/video.xml': ['STORY', 'REJECTED', 'REJECTED', 'PHOTO'],
  'ninjs/iptc-2.1_SIPA_image_2.json': ['PHOTO'],
  'ninjs/iptc-2.1_ap_video.json': ['REJECTED'],
  'ninjs/iptc-2.1_imageEncodedRights.json': ['PHOTO'],
  'ninjs/iptc-3.0_20231005-65-addb-event.json': ['EVENT'],
  'ninjs/iptc-3.0_ap_video.json': ['REJECTED'],
  'ninjs/iptc-3.0_imageEncodedRights.json': ['PHOTO'],
  'ninjs/iptc-3.0_tt_event_pressconference_3.0.json': ['EVENT'],
  'ninjs/iptc-iptc-1.6_006_photo_only.json': ['PHOTO'],
  'ninjs/iptc-iptc-2.2_006_photo_only.json': ['PHOTO'],
  'ninjs/iptc-iptc-3.1_006_photo_only.json': ['PHOTO'],
  'ninjs/iptc-iptc-not-valid_008_extension.json': ['REJECTED'],
  'ninjs/ninjs6.json': ['PHOTO'],
  'nitf/aap-finance-lite.xml': ['REJECTED'],
};

const files = existsSync(CORPUS)
  ? Object.keys(PARSERS).flatMap((folder) => readdirSync(join(CORPUS, folder)).map((name) => `${folder}/${name}`))
  : [];

describe.skipIf(files.length === 0)('the corpus of real wire items (skipped where ../shared is absent)', () => {
  it.each(files)('%s ends as what an editor would make of it', (file) => {
    const { parse, format } = PARSERS[file.split('/')[0] ?? ''] as { parse: Parser; format: string };
    const input = readFileSync(join(CORPUS, file), 'utf8');
    expect(detectFormat(input)).toBe(format);
    const items = parse(input, { url: null, receivedAt: new Date('2026-11-24T12:00:00Z'), timeZone: null });
    expect(items.map((item) => item.kind)).toEqual(NOT_ONE_STORY[file] ?? ['STORY']);
    for (const item of items) expectClean(item);
  });
});

const MARK_UP = /<\/?[a-z][^<>]*>|&(?:amp|lt|gt|nbsp|quot|#\d+);/iu;
const MOJIBAKE = /[ÃÂ][\u0080-\u00bf]|â€|\uFFFD/u;

function expectClean(item: ParsedItem): void {
  if (item.kind === 'REJECTED') expect(item.reason).toMatch(/^\p{L}|^"/u);
  if (item.kind === 'PHOTO') expectPlain(item.photo.caption ?? 'none');
  if (item.kind === 'EVENT') expectPlain(item.event.name);
  if (item.kind === 'TAG') expectPlain(item.tag.name);
  if (item.kind !== 'STORY') return;
  const { story } = item;
  expect(story.headline.trim()).not.toBe('');
  expect(story.bodyText.trim()).not.toBe('');
  for (const line of [story.headline, story.byline, story.abstract, story.edNote, story.dateline, story.bodyText])
    expectPlain(line ?? '');
  const hasOwnHeadline = (item.provenance.headline?.confidence ?? 0) > 50;
  if (hasOwnHeadline) expect(story.bodyText.split('\n\n')).not.toContain(story.headline);
  expect(story.datePublished).not.toBeNull();
  expect(story.bodyHtml ?? '').not.toMatch(/<script|javascript:|\son\w+=/iu);
  for (const tag of story.tags) expectPlain(tag.name);
  for (const rendition of story.photos.flatMap((photo) => photo.renditions))
    expect(rendition.href).toMatch(/^https?:\/\//u);
  expect(item.provenance.headline?.place).toBeTruthy();
}

function expectPlain(text: string): void {
  expect(text).not.toMatch(MARK_UP);
  expect(text).not.toMatch(MOJIBAKE);
}
