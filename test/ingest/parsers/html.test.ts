import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHtml } from '../../../src/ingest/parsers/html/decode.ts';
import { parseHtml } from '../../../src/ingest/parsers/html.ts';
import { ParseError, type Story } from '../../../src/stories/story.ts';
import { goldenCases, parseGolden } from './golden.ts';

const context = { url: 'https://www.example.org/page', receivedAt: new Date('2025-01-01T00:00:00Z'), timeZone: null };
const paragraph =
  '<p>The council of the town met on Tuesday to talk about the bridge, which has been closed since the flood of last spring, and about its costs.</p>';

function page(content: string): string {
  return `<html><head><title>A bridge too old</title></head><body><article><h1>A bridge too old</h1>${content}</article></body></html>`;
}

function storyOf(html: string): Story {
  const [item] = parseHtml(html, context);
  if (item?.kind !== 'STORY') throw new Error('no story');
  return item.story;
}

describe('a page becomes the story its reader sees', () => {
  for (const { name, input, expectedFile } of goldenCases('html')) {
    it(name, () => {
      const { actual, expected } = parseGolden(parseHtml, input, expectedFile);
      expect(actual).toEqual(expected);
    });
  }
});

describe('a page that is no story', () => {
  it('is refused for want of a headline', () => {
    expect(() => parseHtml('<p>words</p>', context)).toThrowError(expect.objectContaining({ field: 'headline' }));
  });

  it('is refused for want of a body', () => {
    expect(() => parseHtml('<h1>A headline alone</h1>', context)).toThrowError(
      expect.objectContaining({ field: 'bodyText' }),
    );
  });
});

describe('the body as HTML', () => {
  it('carries no script, no handler and no address but http(s)', () => {
    const { bodyHtml } = storyOf(
      page(
        `${paragraph.repeat(3)}<p onclick="x()">Read <a href="javascript:alert(1)">this</a> and <a href="data:text/html,x">that</a>, said the clerk of the council.<script>alert(1)</script></p>`,
      ),
    );
    expect(bodyHtml).toContain('said the clerk');
    expect(bodyHtml).not.toMatch(/script|onclick|data:/);
  });
});

describe('hostile pages end in a clean story or a ParseError, in bounded time', () => {
  const inputs: Record<string, string> = {
    '100,000 nested boxes': page('<div>'.repeat(100_000) + paragraph.repeat(5)),
    '100,000 nested inline elements': page('<b>'.repeat(100_000) + paragraph.repeat(5)),
    'megabytes in one line': page(`<p>${'w'.repeat(5_000_000)}</p>`),
    'start tags without end': page('<a'.repeat(500_000)),
    'scripts without end': page('<script'.repeat(300_000)),
    'end tags without end': page(`<script>${'</script'.repeat(300_000)}`),
    'comments without end': page(paragraph + '<!--'.repeat(300_000)),
    'white space': page(`<p>${' '.repeat(2_000_000)}</p>${paragraph.repeat(4)}`),
  };
  for (const [name, input] of Object.entries(inputs)) {
    it(name, { timeout: 10_000 }, () => {
      try {
        expect(storyOf(input).bodyText).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    });
  }

  it('NUL bytes and lone surrogates do not reach the story', () => {
    const { bodyText } = storyOf(page(paragraph.replace('town', 'to\u0000wn \ud800').repeat(5)));
    expect(bodyText).not.toMatch(/\0|\p{Surrogate}/u);
  });

  it('any mixture of mark-up', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<div class="related">',
      '</div>',
      '<h1>',
      '<table><tr><td>',
      '<img src=',
      '"',
      '>',
      '<!--',
      '<script>',
      '&#0;',
      '&#xd800;',
      '<time datetime="0001-01-01">',
      paragraph,
      '<li><a href="//">',
      '<meta property="og:title" content="',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 40 }),
        (pieces) => {
          try {
            expect(storyOf(pieces.join('')).headline).not.toBe('');
          } catch (error) {
            expect(error).toBeInstanceOf(ParseError);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('bytes are decoded', () => {
  const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

  it('by byte order mark before anything else', () => {
    expect(decodeHtml(Uint8Array.of(0xff, 0xfe, 0x41, 0x00), 'text/html; charset=utf-8')).toBe('A');
  });

  it('by the header, then by the page itself', () => {
    expect(decodeHtml(latin('caf\u00e9'), 'text/html; charset=iso-8859-1')).toBe('café');
    expect(decodeHtml(latin('<meta charset="windows-1252">caf\u00e9'))).toContain('café');
  });

  it('by what the bytes are where the statement is wrong or unknown', () => {
    expect(decodeHtml(latin('caf\u00e9'), 'text/html; charset=utf-8')).toBe('café');
    expect(decodeHtml(new TextEncoder().encode('café'), 'text/html; charset=x-unknown')).toBe('café');
  });
});
