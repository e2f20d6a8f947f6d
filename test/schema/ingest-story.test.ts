import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ingestPage, pageText } from '../support/stories.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['articles', 'revisions', 'tags', 'photos', 'related', 'events', 'story_log']) {
    const { rows } = await app.database.pool.query(`select count(*)::int as n from ${table}`);
    counts[table] = rows[0].n;
  }
  return counts;
}

describe('ingestStory', () => {
  test('stores a new story as CREATED', async () => {
    const { outcome, article, userErrors } = await ingestPage(app, pageText('The Alpha bridge'));
    expect({ outcome, userErrors, version: article?.version }).toEqual({
      outcome: 'CREATED',
      userErrors: [],
      version: 1,
    });
  });

  test('the same page again is UNCHANGED and adds nothing to the graph', async () => {
    const first = await ingestPage(app, pageText('The Beta bridge'));
    const before = await countRows();
    const second = await ingestPage(app, pageText('The Beta bridge'));
    expect(second.outcome).toBe('UNCHANGED');
    expect(second.article?.id).toBe(first.article?.id);
    expect(await countRows()).toEqual(before);
  });

  test('of the same page ten times at once, one is CREATED and nine are UNCHANGED', async () => {
    const before = await countRows();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ingestPage(app, pageText('The Gamma bridge'))));
    expect(answers.map((answer) => answer.outcome).sort()).toEqual(['CREATED', ...Array(9).fill('UNCHANGED')]);
    const after = await countRows();
    expect(after.articles).toBe((before.articles ?? 0) + 1);
    expect(after.story_log).toBe((before.story_log ?? 0) + 1);
  });

  test('a changed page is REVISED: a new version that names what changed', async () => {
    await ingestPage(app, pageText('The Delta bridge'));
    const changed = await ingestPage(app, pageText('The Delta bridge', { body: 'Trams follow in spring.' }));
    expect(changed).toMatchObject({ outcome: 'REVISED', article: { version: 2 } });
    const { data } = await app.ask(
      `query($id: ID!) { article(by: {id: $id}) { revisions { totalCount edges { node { version kind changedFields } } } } }`,
      { id: changed.article?.id },
    );
    expect(data).toEqual({
      article: {
        revisions: {
          totalCount: 2,
          edges: [
            { node: { version: 2, kind: 'UPDATED', changedFields: ['bodyText'] } },
            { node: { version: 1, kind: 'CREATED', changedFields: [] } },
          ],
        },
      },
    });
  });

  test('a dry run returns the draft with where each field was found, and stores nothing', async () => {
    const before = await countRows();
    const { outcome, draft, provenance, article, item } = await ingestPage(app, pageText('The Epsilon bridge'), {
      dryRun: true,
    });
    expect({ outcome, article, item }).toEqual({ outcome: 'CREATED', article: null, item: null });
    expect(draft).toMatchObject({ headline: 'The Epsilon bridge opens to traffic', dateline: 'BERN' });
    expect(provenance).toMatchObject({ headline: { reader: 'page-text', place: expect.stringMatching(/^line/) } });
    expect(await countRows()).toEqual(before);
  });

  test('the same idempotency key with the same input is answered as before', async () => {
    const first = await ingestPage(app, pageText('The Zeta bridge'), { idempotencyKey: 'zeta-1' });
    const second = await ingestPage(app, pageText('The Zeta bridge'), { idempotencyKey: 'zeta-1' });
    expect(first.outcome).toBe('CREATED');
    expect(second).toMatchObject({ outcome: 'CREATED', article: first.article, item: first.item });
  });

  test('the same idempotency key with another input is an error', async () => {
    await ingestPage(app, pageText('The Eta bridge'), { idempotencyKey: 'eta-1' });
    const { outcome, userErrors } = await ingestPage(app, pageText('The Theta bridge'), { idempotencyKey: 'eta-1' });
    expect(outcome).toBe('REJECTED');
    expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] }]);
  });

  test('a related title becomes an edge when its story arrives, before or after', async () => {
    const linking = (about: string, other: string) =>
      pageText(about).replace('TAGS:', `RELATED STORIES\n\n${other} opens to traffic\n\nTAGS:`);
    await ingestPage(app, pageText('The Iota bridge'));
    const middle = await ingestPage(app, linking('The Kappa bridge', 'The Iota bridge'));
    const early = await ingestPage(app, linking('The Lambda bridge', 'The Mu bridge'));
    await ingestPage(app, pageText('The Mu bridge'));
    const related = async (id?: string) => {
      const query =
        'query($id: ID!) { article(by: {id: $id}) { related { edges { node { origin article { headline } } } } } }';
      const { data } = await app.ask<{ article: { related: { edges: { node: unknown }[] } } }>(query, { id });
      return data.article.related.edges.map((edge) => edge.node);
    };
    expect(await related(middle.article?.id)).toContainEqual({
      origin: 'PUBLISHER',
      article: { headline: 'The Iota bridge opens to traffic' },
    });
    expect(await related(early.article?.id)).toContainEqual({
      origin: 'PUBLISHER',
      article: { headline: 'The Mu bridge opens to traffic' },
    });
  });
});

describe('bad input', () => {
  const rejected: [string, string, string[]][] = [
    ['empty text', '', ['input', 'source', 'pageText']],
    ['white space', ' \n\t\n', ['input', 'source', 'pageText']],
    ['binary', `\u0000\u0001\u0002\u0003PNG\u0000\u0000`.repeat(50), ['input', 'source', 'pageText']],
    [
      'a page without a body',
      'Only a headline here | Example Courier\n\nOnly a headline here\n',
      ['input', 'source', 'pageText', 'body'],
    ],
  ];
  test.each(rejected)(
    '%s is REJECTED with the field to blame, and the graph stays as it was',
    async (_name, text, path) => {
      const before = await countRows();
      const { outcome, userErrors } = await ingestPage(app, text);
      expect(outcome).toBe('REJECTED');
      expect(userErrors[0]?.path.slice(0, 3)).toEqual(path.slice(0, 3));
      expect(userErrors[0]?.message.length).toBeGreaterThan(20);
      expect(await countRows()).toEqual(before);
    },
  );

  test.each([
    ['url', { url: 'ftp://example.org/a' }],
    ['receivedAt', { receivedAt: '2999-01-01T00:00:00Z' }],
    ['idempotencyKey', { idempotencyKey: '' }],
  ])('a wrong %s is named', async (field, input) => {
    const { outcome, userErrors } = await ingestPage(app, pageText('The Nu bridge'), input);
    expect(outcome).toBe('REJECTED');
    expect(userErrors).toMatchObject([{ code: 'INVALID', path: ['input', field] }]);
  });

  test.each([
    ['an unknown field', '{ stories { nonsense } }'],
    ['a syntax error', '{ stories {'],
    ['a mutation without its input', 'mutation { ingestStory { outcome } }'],
  ])('%s is a request error (400)', async (_name, query) => {
    const { status, errors } = await app.ask(query);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toBeTruthy();
  });

  test('writing without a key is UNAUTHENTICATED', async () => {
    const { errors } = await app.ask(
      'mutation { ingestStory(input: {source: {pageText: "x"}}) { outcome } }',
      {},
      null,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('a wrong key is refused (401) even for reading', async () => {
    const { status, errors } = await app.ask('{ stories { totalCount } }', {}, 'dateline_wrong');
    expect(status).toBe(401);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
