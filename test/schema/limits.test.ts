import { getIntrospectionQuery, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { DEEPEST, PARSE_OPTIONS, validationRules } from '../../src/schema/limits.ts';

const errors = (query: string) => validate(schema, parse(query, PARSE_OPTIONS), validationRules);
const codes = (query: string) => errors(query).map((error) => error.extensions.code);

const nested = (levels: number) =>
  `{ tags { edges { node { ${'broader { '.repeat(levels)} name ${'} '.repeat(levels)} } } } }`;

test("GraphiQL's and code generators' introspection passes", () => {
  const options = {
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
  };
  expect(errors(getIntrospectionQuery({ ...options, oneOf: true }))).toEqual([]);
});

test('what a page of a website needs passes', () => {
  expect(
    errors(`{ stories(first: 100) { totalCount edges { node {
      headline abstract body source { name } tags(first: 30) { edges { relevance node { name slug type } } }
      photos { edges { caption node { renditions { href width } } } }
      related(first: 10) { edges { node { title article { id headline source { name } } } } }
      events { edges { node { name participants { edges { node { name } } } } } } } } } }`),
  ).toEqual([]);
});

test('fields within fields are limited', () => {
  expect(codes(nested(DEEPEST - 4))).toEqual([]);
  expect(codes(nested(DEEPEST - 3))).toEqual(['TOO_LARGE']);
});

test('depth counts through fragments, and a cycle of fragments ends', () => {
  const spread = `fragment A on Tag { broader { broader { broader { broader { broader { ...B } } } } } }
    fragment B on Tag { broader { broader { broader { broader { broader { ...C } } } } } }
    fragment C on Tag { broader { broader { broader { broader { broader { broader { broader { name } } } } } } } }
    { tags { edges { node { ...A } } } }`;
  expect(codes(spread)).toEqual(['TOO_LARGE']);
  expect(errors('{ tags { edges { node { ...A } } } } fragment A on Tag { broader { ...A } }')).toHaveLength(1);
});

test('pages within pages are limited by how many values they stand for', () => {
  const pages = (first: number) =>
    `{ stories(first: ${first}) { edges { node { related(first: ${first}) { edges { node { article { tags(first: ${first}) { edges { node { name } } } } } } } } } } }`;
  expect(codes(pages(20))).toEqual([]);
  expect(codes(pages(100))).toEqual(['TOO_LARGE']);
});

test('a page size that is a variable counts as the largest', () => {
  const query = `query($n: Int) { stories(first: $n) { edges { node { related(first: $n) { edges { node { article { tags(first: $n) { edges { node { name } } } } } } } } } } }`;
  expect(codes(query)).toEqual(['TOO_LARGE']);
});

test('fragments that double at each step are counted, not walked', () => {
  const steps = Array.from(
    { length: 14 },
    (_, index) => `fragment F${index} on Tag { a: broader { ...F${index + 1} } b: broader { ...F${index + 1} } }`,
  );
  const query = `${steps.join('\n')} fragment F14 on Tag { name } { tags { edges { node { ...F0 } } } }`;
  expect(codes(query)).toContain('TOO_LARGE');
});

test('an operation of endless length is refused by the parser', () => {
  expect(() => errors(`{ ${'stories { totalCount } '.repeat(3_000)} }`)).toThrow(/5000 tokens/);
});

test('the longest operation there may be is answered or refused within seconds', () => {
  const since = performance.now();
  errors(`{ stories { ${'totalCount '.repeat(4_990)} } }`);
  expect(performance.now() - since).toBeLessThan(5_000);
});
