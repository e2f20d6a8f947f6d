import { describe, expect, it } from 'vitest';
import { authorsOf, datelineOfText, readDateline, saysCorrection } from '../../../src/ingest/parsers/wire/lines.ts';
import { oneLine, repairMojibake, splitBlocks } from '../../../src/ingest/parsers/wire/plain-text.ts';
import { readFeedTime, readWireTime } from '../../../src/ingest/parsers/wire/time.ts';

describe('a byline names its authors', () => {
  it.each([
    ['By Jane Doe and John Roe, Reuters', ['Jane Doe', 'John Roe']],
    ['Von Max Muster, dpa', ['Max Muster']],
    ['Par Luc Moreau et Anne Petit', ['Luc Moreau', 'Anne Petit']],
    ["Paulo Sala and Frances d'Emilio", ['Paulo Sala', "Frances d'Emilio"]],
    ['Ludwig van Beek with Ana de la Cruz in Madrid', ['Ludwig van Beek', 'Ana de la Cruz']],
    ['Peter and Jane', ['Peter', 'Jane']],
    ['By Ben Wright, Press Association', ['Ben Wright']],
    ['NTB-AFP-DPA', []],
    ['Reuters, MAR 04', []],
    ['Staff Reporter', []],
    [null, []],
  ])('%s', (byline, authors) => {
    expect(authorsOf(byline)).toEqual(authors);
  });
});

describe('a dateline is a place without date and agency', () => {
  it.each([
    ['STOCKHOLM, Aug 29, 2014 (AFP) -', 'STOCKHOLM', 'AFP'],
    ['Strasbourg, 10 juil 2024 (AFP)', 'Strasbourg', 'AFP'],
    ['London (dpa) - ', 'London', 'dpa'],
    ['FORT WASHINGTON, Pa.', 'FORT WASHINGTON, Pa.', null],
    ['ANSA - ROMA, 01 LUG -', 'ROMA', null],
    ['2014-07-17 00:24:11 GMT+00:00', null, null],
    ['MARCH 04, 2013', null, null],
    ['4/4/2018', null, null],
  ])('%s', (line, place, agency) => {
    expect(readDateline(line)).toEqual({ place, agency });
  });

  it.each([
    ['GROSSETO, Italy (AP) -- The trial', 'GROSSETO, Italy', 'AP'],
    ['FORT WASHINGTON, Pa. (AP) _ Nutrisystem', 'FORT WASHINGTON, Pa.', 'AP'],
    ['Tegucigalpa, Jan 2 (EFE).- The president', 'Tegucigalpa', 'EFE'],
    ['London (dpa) - 2019 gab es', 'London', 'dpa'],
    ['OTTAWA - A man', 'OTTAWA', null],
    ['Jan 30 (Reuters) - Gold rose', null, 'Reuters'],
    ['The council met - again', null, null],
    ['Oil prices edged up on Monday', null, null],
  ])('at the start of "%s"', (text, place, agency) => {
    expect(datelineOfText(text)).toEqual({ place, agency });
  });
});

it('knows a correction by the words desks use', () => {
  expect(saysCorrection('CORRECTED: Mayor opens bridge', null)).toBe(true);
  expect(saysCorrection('Mayor', 'Eds: note\nKorrektur: dritter Absatz')).toBe(true);
  expect(saysCorrection('Correspondents meet', null)).toBe(false);
});

describe('times', () => {
  const context = { url: null, receivedAt: new Date('2026-11-24T12:00:00Z'), timeZone: null };
  it.each([
    ['2019-04-15T13:49:15+03:00', '2019-04-15T10:49:15.000Z', 'TIME', '+03:00'],
    ['20130605T210000-0430', '2013-06-06T01:30:00.000Z', 'TIME', '-04:30'],
    ['20140829T135002Z', '2014-08-29T13:50:02.000Z', 'TIME', '+00:00'],
    ['2019-04-15T13:49:15', '2019-04-15T13:49:15.000Z', 'TIME', null],
    ['20180404', '2018-04-04T00:00:00.000Z', 'DAY', null],
  ])('%s', (text, instant, precision, zone) => {
    expect(readWireTime(text, context)).toEqual({ instant: new Date(instant), precision, zone });
  });

  it.each([
    '0001-01-01T00:00:00Z',
    '2024-02-30',
    '2999-01-01',
    '2024-01-01T25:00:00Z',
    'YYYYMMDD000000-HHMM',
    '',
    null,
    7,
  ])('are null for %s', (text) => {
    expect(readWireTime(text, context)).toBeNull();
  });

  it('without an offset are read in the zone of the source, summer and winter', () => {
    const source = { ...context, timeZone: 'Europe/Helsinki' };
    expect(readWireTime('2024-07-01T12:00:00', source)?.instant.toISOString()).toBe('2024-07-01T09:00:00.000Z');
    expect(readWireTime('2024-01-01', source)).toEqual({
      instant: new Date('2023-12-31T22:00:00Z'),
      precision: 'DAY',
      zone: 'Europe/Helsinki',
    });
  });

  it.each([
    ['Tue, 10 Jun 2003 04:00:00 GMT', '2003-06-10T04:00:00.000Z', '+00:00'],
    ['10 Jun 03 04:00 EDT', '2003-06-10T08:00:00.000Z', '-04:00'],
    ['Tue, 10 Jun 2003 04:00:00 +0200', '2003-06-10T02:00:00.000Z', '+02:00'],
    ['2003-06-10T04:00:00Z', '2003-06-10T04:00:00.000Z', '+00:00'],
  ])('of a feed: %s', (text, instant, zone) => {
    expect(readFeedTime(text, context)).toEqual({ instant: new Date(instant), precision: 'TIME', zone });
  });
});

describe('plain text', () => {
  it('is freed of double encoding, and other text is left alone', () => {
    expect(repairMojibake('the worldâ€™s cafÃ©')).toBe('the world’s café');
    expect(repairMojibake('Ã la carte, São Paulo, 25 € – ÅÄÖ')).toBe('Ã la carte, São Paulo, 25 € – ÅÄÖ');
  });

  it('in one line has neither tags nor entities nor escapes', () => {
    expect(oneLine(' A <b>bold</b>\n &amp; \\"quoted\\" &lt;i&gt;line&lt;/i&gt; 3 < 4 ')).toBe(
      'A bold & "quoted" line 3 < 4',
    );
    expect(oneLine(' \n ')).toBeNull();
  });

  it('falls into blocks at blank lines, at indents, or at long lines', () => {
    expect(splitBlocks('One\nline.\n\nTwo.')).toEqual(['One line.', 'Two.']);
    expect(splitBlocks('    First begins\nand ends.\n    Second begins\nand ends.')).toEqual([
      'First begins and ends.',
      'Second begins and ends.',
    ]);
    const long = `${'word '.repeat(30)}end.`;
    expect(splitBlocks(`${long}\nShort.`)).toEqual([long, 'Short.']);
  });
});
