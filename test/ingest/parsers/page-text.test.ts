import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePageText } from '../../../src/ingest/parsers/page-text.ts';
import type { ParseContext, Provenance, Story } from '../../../src/stories/story.ts';

const context: ParseContext = { url: null, receivedAt: new Date('2022-02-24T00:00:00Z'), timeZone: null };

function read(input: string, more: Partial<ParseContext> = {}): { story: Story; provenance: Provenance } {
  const items = parsePageText(input, { ...context, ...more });
  expect(items).toHaveLength(1);
  const [item] = items;
  if (item?.kind !== 'STORY') throw new Error('expected a story');
  return item;
}

const SAMPLE = new URL('../../../../shared/samples/inquirer-2022-02-23-russia-ukraine.txt', import.meta.url);

describe.skipIf(!existsSync(SAMPLE))(
  'the sample page (a publisher’s text, read from ../shared; skipped where that is absent)',
  () => {
    const { story, provenance } = existsSync(SAMPLE)
      ? read(readFileSync(SAMPLE, 'utf8'))
      : ({} as ReturnType<typeof read>);
    const paragraphs = story?.bodyText.split('\n\n') ?? [];

    it('comes from INQUIRER.net, by the title’s tail and the copyright line', () => {
      expect(story.source).toEqual({ name: 'INQUIRER.net', domain: 'inquirer.net' });
    });

    it('has its headline once, though title and page repeat it with straight and curly apostrophes', () => {
      expect(story.headline).toBe("Russia establishes diplomatic ties with Ukraine's separatist regions");
      expect(story.alternativeHeadline).toBeNull();
      expect(story.bodyText).not.toContain('establishes diplomatic ties');
    });

    it('was published at 12:20 by the clocks of Manila', () => {
      expect(story.datePublished).toEqual({
        instant: new Date('2022-02-23T04:20:00Z'),
        precision: 'TIME',
        zone: 'Asia/Manila',
      });
    });

    it('was filed from Moscow', () => {
      expect(story.dateline).toBe('MOSCOW');
    });

    it('is credited to AFP by its photo, and less surely so', () => {
      expect(story.creditText).toBe('AFP');
      expect(provenance.creditText?.confidence).toBeLessThan(provenance.headline?.confidence ?? 0);
      expect(story.byline).toBeNull();
      expect(story.authors).toEqual([]);
    });

    it('is in English', () => {
      expect(story.language).toBe('en');
    });

    it('has exactly its six paragraphs as body, in page order', () => {
      expect(paragraphs.map((paragraph) => paragraph.split(' ').slice(0, 3).join(' '))).toEqual([
        'MOSCOW — Russia',
        '“An agreement was',
        'Russian Foreign Minister',
        '“The Russian side',
        'Earlier Tuesday Russian',
        'The unanimous approval',
      ]);
      expect(story.bodyText.endsWith('other parts of Ukraine.')).toBe(true);
    });

    it('keeps labels, newsletter, tags, copyright and cookie text out of the body', () => {
      expect(story.bodyText).not.toMatch(/ADVERTISEMENT|STORIES|newsletter|subscription|TAGS|Copyright|cookies/u);
    });

    it('leads with a photo: caption, credit and alternative text apart', () => {
      expect(story.photos).toEqual([
        expect.objectContaining({
          role: 'LEAD',
          caption:
            'Ukrainian servicemen patrol in the settlement of Troitske in the Lugansk region near the front line with Russia-backed separatists on February 22, 2022, a day after Russia recognised east Ukraine’s separatist republics and ordered the Russian army to send troops there as “peacekeepers”.',
          creditText: 'AFP',
          altText: 'lugnask russia ukraine',
          renditions: [],
        }),
      ]);
    });

    it('points to the four related stories in order, the explainer as background', () => {
      const unresolved = { url: null, uri: null };
      expect(story.related).toEqual([
        { title: 'Explainer: How Western sanctions might target Russia', rel: 'BACKGROUND', ...unresolved },
        { title: 'Freeze or full invasion? Scenarios for Russia in Ukraine', rel: 'RELATED', ...unresolved },
        { title: 'Russian parliament approves Putin’s deals with Ukraine separatists', rel: 'RELATED', ...unresolved },
        { title: 'Wars involving Russia since the fall of the Soviet Union', rel: 'RELATED', ...unresolved },
      ]);
    });

    it('is tagged by its publisher with Conflict, Diplomacy and Russia', () => {
      const free = { type: 'KEYWORD', scheme: null, termCode: null, sameAs: [], relevance: null, confidence: null };
      expect(story.tags).toEqual([
        { name: 'Conflict', ...free },
        { name: 'Diplomacy', ...free },
        { name: 'Russia', ...free },
      ]);
    });

    it('leaves events to the context that is computed from the text', () => {
      expect(story.events).toEqual([]);
    });

    it('names the line each field was found on', () => {
      expect(provenance).toMatchObject({
        headline: { reader: 'page-text', place: 'line 3' },
        datePublished: { place: 'line 5' },
        tags: { place: 'line 44' },
      });
    });
  },
);
