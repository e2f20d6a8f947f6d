import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat, INPUT_FORMATS } from '../../../src/ingest/detect.ts';
import { parseFeed } from '../../../src/ingest/parsers/feed.ts';
import { parseNewsml1 } from '../../../src/ingest/parsers/newsml-1.ts';
import { parseNewsmlG2 } from '../../../src/ingest/parsers/newsml-g2.ts';
import { parseNinjs } from '../../../src/ingest/parsers/ninjs.ts';
import { parseNitf } from '../../../src/ingest/parsers/nitf.ts';
import { readHtmlBody } from '../../../src/ingest/parsers/wire/body-html.ts';
import { readXml, textOf } from '../../../src/ingest/parsers/wire/xml.ts';
import { type ParsedItem, ParseError, type Parser } from '../../../src/stories/story.ts';

const CONTEXT = { url: null, receivedAt: new Date('2026-11-24T12:00:00Z'), timeZone: null };
const PARSERS: [string, Parser][] = [
  ['ninjs', parseNinjs],
  ['NewsML-G2', parseNewsmlG2],
  ['NITF', parseNitf],
  ['NewsML 1', parseNewsml1],
  ['feed', parseFeed],
];
const ninjs = (fields: object) => JSON.stringify({ uri: 'urn:x', type: 'text', headline: 'Head', ...fields });

/** The items, or the ParseError; anything else thrown fails the test. */
function outcome(run: () => ParsedItem[]): ParsedItem[] | ParseError {
  try {
    return run();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

describe('hostile XML', () => {
  const refused: [string, string, RegExp][] = [
    [
      'entities that multiply',
      '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;">]><newsItem>&m;</newsItem>',
      /DOCTYPE/,
    ],
    ['external entities', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><newsItem>&x;</newsItem>', /DOCTYPE/],
    ['undeclared entities', '<newsItem>&boom;</newsItem>', /entity/],
    ['100,000 levels', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`, /nested deeper/],
    ['a truncated message', '<newsItem guid="x"><itemMeta><itemClass qcode="ninat:te', /Not well-formed/],
    ['no XML at all', 'just words', /Not well-formed/],
    ['nothing', '', /Not well-formed/],
  ];
  it.each(refused)('refuses %s and names the line', (_, input, message) => {
    for (const parse of [parseNewsmlG2, parseNitf, parseNewsml1]) {
      const error = outcome(() => parse(input, CONTEXT));
      expect(error).toBeInstanceOf(ParseError);
      expect((error as ParseError).message).toMatch(message);
      expect((error as ParseError).field).toMatch(/^line \d+/);
    }
  });

  it('reads a document type that declares nothing, without fetching it', () => {
    expect(textOf(readXml('<!DOCTYPE nitf SYSTEM "http://dtd.example.com/x.dtd"><nitf>a&nbsp;b</nitf>'))).toBe(
      'a\u00a0b',
    );
  });

  it('gives back any text it was given, NUL and lone surrogates apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
        expect(textOf(readXml(`<a>${escaped}</a>`))).toBe(allowed.replace(/\r\n?/gu, '\n'));
      }),
    );
  });

  it('keeps the depth and the names of any tree', () => {
    const { node: tree } = fc.letrec<{ node: Tree }>((tie) => ({
      node: fc.record({
        name: fc.constantFrom('a', 'b', 'x:c'),
        children: fc.oneof({ maxDepth: 5 }, fc.constant<Tree[]>([]), fc.array(tie('node'), { maxLength: 3 })),
      }),
    }));
    fc.assert(
      fc.property(tree, (node) => {
        const read = readXml(write(node, ' xmlns:x="urn:x"'));
        expect(countOf(read)).toBe(countOf(node));
      }),
    );
  });
});

interface Tree {
  name: string;
  children: Tree[];
}
function write({ name, children }: Tree, attributes = ''): string {
  return `<${name}${attributes}>${children.map((below) => write(below)).join('')}</${name}>`;
}
function countOf(node: { children: unknown[] }): number {
  return 1 + node.children.reduce((sum: number, below) => sum + countOf(below as { children: unknown[] }), 0);
}

describe.each(PARSERS)('the %s parser', (_, parse) => {
  it('throws nothing but ParseError, whatever it is given', () => {
    const pieces = fc.constantFrom(
      '<newsItem guid="a">',
      '<itemMeta>',
      '</itemMeta>',
      '<contentSet><inlineXML>',
      '<p>',
      '</p>',
      '<nitf>',
      '<body>',
      '<body.content>',
      '</newsItem>',
      '<NewsML>',
      '<NewsItem>',
      '<NewsComponent>',
      '<rss version="2.0">',
      '<channel>',
      '<item>',
      '<title>',
      '{"uri":"a",',
      '"type":"text",',
      '"headline":',
      '"bodies":[',
      '{}',
      ']',
      '}',
      '&lt;',
      '&bad;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '\u0000',
      '\ud800',
    );
    const input = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(input, (text) => void outcome(() => parse(text, CONTEXT))),
      { numRuns: 60 },
    );
  });
});

describe('hostile ninjs', () => {
  it('takes values of any type in any field', () => {
    const names = fc.constantFrom(
      'uri',
      'type',
      'headline',
      'headlines',
      'bodies',
      'body_xhtml',
      'subject',
      'places',
      'associations',
      'renditions',
      'embargoed',
      'version',
      'eventDetails',
      'by',
      'located',
    );
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (item) => {
        const items = outcome(() => parseNinjs(JSON.stringify({ type: 'text', ...item }), CONTEXT));
        for (const found of Array.isArray(items) ? items : []) {
          if (found.kind === 'STORY') expect(found.story.headline).not.toBe('');
        }
      }),
    );
  });

  it.each([
    ['100,000 nested elements', ninjs({ body_html: `${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}` })],
    ['100,000 unclosed paragraphs', ninjs({ body_html: `${'<p>'.repeat(100_000)}deep` })],
    ['a megabyte of "<"', ninjs({ body_html: `${'<'.repeat(1_000_000)} deep` })],
    ['a megabyte in one line', ninjs({ body_text: `${'a '.repeat(500_000)}deep` })],
    ['half a megabyte of broken tags', ninjs({ body_html: `${'<a '.repeat(200_000)}><p>deep</p>` })],
    ['30,000 line breaks', ninjs({ body_html: `${'x<br>'.repeat(30_000)}deep` })],
  ])(
    'reads %s within seconds',
    (_, input) => {
      const [item] = parseNinjs(input, CONTEXT);
      expect(item?.kind).toBe('STORY');
    },
    15_000,
  );

  it('refuses a text no story could have', () => {
    expect(outcome(() => parseNinjs(ninjs({ body_text: 'a'.repeat(6_000_000) }), CONTEXT))).toBeInstanceOf(ParseError);
  });

  it('leaves absurd dates, script and foreign schemes out', () => {
    const body =
      '<p onclick="x()">Safe <a href="javascript:alert(1)">link</a><img src="data:image/png;base64,AA"></p><script>alert(1)</script>';
    const [item] = parseNinjs(
      ninjs({ versioncreated: '0001-01-01T00:00:00Z', firstcreated: '2024-02-31', body_html: body }),
      CONTEXT,
    );
    expect(item).toMatchObject({
      kind: 'STORY',
      story: {
        bodyText: 'Safe link',
        bodyHtml: '<p>Safe <a>link</a></p>',
        versionCreated: null,
        firstCreated: null,
        photos: [],
      },
    });
  });
});

describe('hostile feeds', () => {
  it.each([
    [
      'entities that multiply',
      '<!DOCTYPE a [<!ENTITY l "lol">]><rss version="2.0"><channel><title>&l;</title></channel></rss>',
      /DOCTYPE/,
    ],
    ['100,000 levels', `<rss>${'<a>'.repeat(100_000)}`, /nested deeper/],
    ['broken JSON', '{"version": "https://jsonfeed.org/version/1.1",', /Not a readable/],
    ['words', 'no feed', /Not a readable/],
  ])('refuses %s', (_, input, message) => {
    const error = outcome(() => parseFeed(input, CONTEXT));
    expect((error as ParseError).message).toMatch(message);
  });
});

describe('bodies', () => {
  it('are never unsafe and never hold mark-up in their text', () => {
    const tags = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</i>',
      '<ul><li>',
      '</ul>',
      '<table><tr><td>',
      '</table>',
      '<img src=x onerror=y>',
      '<script>',
      '</script>',
      '<h1>',
      '<br>',
      '&lt;b&gt;',
      '<svg onload=x>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(tags, fc.string()), { maxLength: 20 }), (parts) => {
        const { html, text } = readHtmlBody(parts.join(''), 'Head');
        expect(html ?? '').not.toMatch(/<(?:script|svg|img)|<[^>]* on\w+=/iu);
        expect(text).not.toMatch(/\n{3,}|^\s|\s$/u);
      }),
    );
  });
});

describe('detection', () => {
  it('names a format for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void expect(INPUT_FORMATS).toContain(detectFormat(text))),
    );
  });
});
