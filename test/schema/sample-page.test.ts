import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ingestPage, samplePage } from '../support/stories.ts';

const STORY = `query($id: ID!) { article(by: { id: $id }) {
  headline datePublished timeZone dateline creditText language body
  source { name domain }
  photos { edges { role node { caption creditText altText } } }
  related { edges { node { rel origin title article { id } } } }
  tags(first: 100) { edges { creator confidence mentions node { type name } } }
  events { edges { creator confidence node { name startDate { date precision } locationName location { type name } participants { edges { node { name } } } } } }
} }`;

interface Edge<Node> {
  node: Node;
}
interface SampleStory {
  headline: string;
  datePublished: string;
  timeZone: string;
  dateline: string;
  creditText: string;
  language: string;
  body: string;
  source: { name: string; domain: string };
  photos: { edges: (Edge<{ caption: string; creditText: string; altText: string }> & { role: string })[] };
  related: { edges: Edge<{ rel: string; origin: string; title: string; article: null }>[] };
  tags: {
    edges: (Edge<{ type: string; name: string }> & { creator: string; confidence: number | null; mentions: unknown })[];
  };
  events: { edges: (Edge<Record<string, unknown>> & { creator: string; confidence: number })[] };
}

// The page belongs to its publisher and is not part of this repository.
describe.skipIf(samplePage === null)('the sample page (skipped where ../shared/samples is absent)', () => {
  let app: TestApp;
  let story: SampleStory;
  beforeAll(async () => {
    app = await startTestApp();
    const { article } = await ingestPage(app, samplePage ?? '');
    const { data } = await app.ask<{ article: SampleStory }>(STORY, { id: article?.id });
    story = data.article;
  });
  afterAll(() => app.stop());

  test('source', () => expect(story.source).toEqual({ name: 'INQUIRER.net', domain: 'inquirer.net' }));
  test('headline, once', () => {
    expect(story.headline).toBe("Russia establishes diplomatic ties with Ukraine's separatist regions");
    expect(story.body).not.toContain('establishes diplomatic ties');
  });
  test('date of publication, read in the time zone of the source', () =>
    expect([story.datePublished, story.timeZone]).toEqual(['2022-02-23T04:20:00.000Z', 'Asia/Manila']));
  test('dateline, credit and language', () =>
    expect([story.dateline, story.creditText, story.language]).toEqual(['MOSCOW', 'AFP', 'en']));
  test('body: exactly the six paragraphs, in page order', () => {
    const paragraphs = story.body.split('\n\n');
    expect(paragraphs).toHaveLength(6);
    expect(paragraphs[0]).toMatch(/^MOSCOW — Russia on Tuesday/);
    expect(paragraphs[5]).toMatch(/other parts of Ukraine\.$/);
    for (const junk of [
      'ADVERTISEMENT',
      'FEATURED',
      'RELATED',
      'newsletter',
      'TAGS',
      'Copyright',
      'cookies',
      'Terms of Use',
    ])
      expect(story.body).not.toContain(junk);
    const positions = paragraphs.map((paragraph) => samplePage?.indexOf(paragraph) ?? -1);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions).not.toContain(-1);
  });
  test('photo with caption, credit and alternative text', () => {
    expect(story.photos.edges).toHaveLength(1);
    const [photo] = story.photos.edges;
    expect(photo).toMatchObject({ role: 'LEAD', node: { creditText: 'AFP', altText: 'lugnask russia ukraine' } });
    expect(photo?.node.caption).toMatch(
      /^Ukrainian servicemen patrol in the settlement of Troitske in the Lugansk region/,
    );
    expect(photo?.node.caption).toMatch(/troops there as “peacekeepers”\.$/);
  });
  test('related stories in order, unresolved until they arrive', () => {
    const nodes = story.related.edges.map((edge) => edge.node);
    expect(nodes.map(({ rel, title }) => [rel, title])).toEqual([
      ['BACKGROUND', 'Explainer: How Western sanctions might target Russia'],
      ['RELATED', 'Freeze or full invasion? Scenarios for Russia in Ukraine'],
      ['RELATED', 'Russian parliament approves Putin’s deals with Ukraine separatists'],
      ['RELATED', 'Wars involving Russia since the fall of the Soviet Union'],
    ]);
    for (const node of nodes) expect(node).toMatchObject({ origin: 'PUBLISHER', article: null });
  });
  test('the tags of the publisher', () => {
    const names = story.tags.edges.filter((edge) => edge.creator === 'PUBLISHER').map((edge) => edge.node.name);
    expect(names).toEqual(['Conflict', 'Diplomacy', 'Russia']);
  });
  test('places, people and organisations found in the text, with confidence and where they stand', () => {
    const found = new Map(story.tags.edges.map((edge) => [`${edge.node.type} ${edge.node.name}`, edge]));
    for (const name of [
      'PLACE Moscow',
      'PLACE Lugansk',
      'PLACE Ukraine',
      'PERSON Sergei Lavrov',
      'PERSON Vladimir Putin',
      'ORGANISATION Federation Council',
    ]) {
      expect(found.get(name), name).toMatchObject({
        creator: 'SYSTEM',
        confidence: expect.any(Number),
        mentions: expect.any(Array),
      });
    }
  });
  test('the event, with its day and place', () => {
    expect(story.events.edges).toHaveLength(1);
    expect(story.events.edges[0]).toMatchObject({
      creator: 'SYSTEM',
      node: {
        name: "Russia establishes diplomatic relations with the Donetsk and Lugansk People's Republics",
        startDate: { date: '2022-02-22', precision: 'DAY' },
        locationName: 'Moscow',
        location: { type: 'PLACE', name: 'Moscow' },
      },
    });
  });
});
