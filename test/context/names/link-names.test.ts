import { describe, expect, it } from 'vitest';
import { linkNames, type NameMention, type NameType, type TextField } from '../../../src/context/names/index.ts';

/** Marks each [bracketed] name, so that linking is tested apart from finding. P, O or L in front tells its type. */
function story(marked: string): { mentions: NameMention[]; fields: TextField[] } {
  const types: Record<string, NameType> = { P: 'PERSON', O: 'ORGANISATION', L: 'PLACE' };
  const mentions: NameMention[] = [];
  let text = '';
  for (const piece of marked.split(/(\[\w:[^\]]+\])/)) {
    const match = /^\[(\w):([^\]]+)\]$/.exec(piece);
    if (match) {
      const [, type = 'P', name = ''] = match;
      const start = text.length;
      mentions.push({
        type: types[type] as NameType,
        field: 'body',
        start,
        end: start + name.length,
        text: name,
        confidence: 90,
      });
    }
    text += match ? match[2] : piece;
  }
  return { mentions, fields: [{ field: 'body', text }] };
}

function things(marked: string) {
  const { mentions, fields } = story(marked);
  return linkNames(mentions, fields);
}

function names(marked: string): string[] {
  return things(marked)
    .map((thing) => `${thing.name} ×${thing.mentions.length}`)
    .sort();
}

describe('people', () => {
  it('are one by full name, last name and name with initial', () => {
    expect(names('President [P:Vladimir Putin] … [P:Putin] … [P:Vladimir V. Putin] … [P:PUTIN]')).toEqual([
      'Vladimir Putin ×4',
    ]);
  });

  it('stay two where two of one last name are in the story', () => {
    expect(names('[P:Hillary Clinton] and [P:Chelsea Clinton] … [P:Clinton]')).toEqual([
      'Chelsea Clinton ×1',
      'Clinton ×1',
      'Hillary Clinton ×1',
    ]);
  });

  it('take the last name where one of the two is far more often named', () => {
    const marked = '[P:Hillary Clinton] [P:Hillary Clinton] [P:Hillary Clinton] [P:Chelsea Clinton] … [P:Clinton]';
    expect(names(marked)).toEqual(['Chelsea Clinton ×1', 'Hillary Clinton ×4']);
  });

  it('with the family name first are joined, too', () => {
    expect(names('[P:Kim Jong Un] … [P:Kim]')).toEqual(['Kim Jong Un ×2']);
  });
});

describe('organisations', () => {
  it('are one by their acronym in brackets and later alone', () => {
    expect(names("the [O:Lugansk People's Republic] ([O:LPR]) … [O:LPR]")).toEqual(["Lugansk People's Republic ×3"]);
  });

  it('are one by a part of the name that only one of them has', () => {
    expect(names('[O:Zorblat International] … [O:Zorblat]')).toEqual(['Zorblat International ×2']);
  });

  it('that are well known carry their Wikidata id under any of their names', () => {
    const [united] = things('[O:UN] … the [O:United Nations] … [O:U.N.]');
    expect(united).toMatchObject({ name: 'United Nations', scheme: 'wikidata', termCode: 'Q1065' });
    expect(united?.sameAs).toEqual(['http://www.wikidata.org/entity/Q1065']);
    expect(united?.mentions).toHaveLength(3);
  });
});

describe('places', () => {
  it.each([
    ['U.S.', 'United States', 'US'],
    ['America', 'United States', 'US'],
    ['Britain', 'United Kingdom', 'GB'],
    ['Syria', 'Syria', 'SY'],
    ['Burma', 'Myanmar', 'MM'],
    ['Russian Federation', 'Russia', 'RU'],
    ['Ivory Coast', 'Ivory Coast', 'CI'],
  ])('country %s is %s', (printed, name, code) => {
    const [country] = things(`in [L:${printed}] today`);
    expect(country).toMatchObject({ name, scheme: 'iso3166', termCode: code, countryCode: code });
  });

  it('in capitals are the same place', () => {
    expect(names('[L:MOSCOW] — … in [L:Moscow]')).toEqual(['Moscow ×2']);
  });

  it('of one name are told apart by the country that follows', () => {
    expect(things('in [L:London], [L:Ontario]').find((thing) => thing.name === 'London')?.countryCode).toBe('CA');
  });

  it('of one name are told apart by the country the story speaks of', () => {
    const [city] = things('[L:London] … [L:Canada] … Canadian … [L:Canada] … Canadians').filter(
      (thing) => thing.name === 'London',
    );
    expect(city?.countryCode).toBe('CA');
  });

  it('of one name are the largest only where nothing else is said', () => {
    expect(things('in [L:London]')[0]).toMatchObject({ countryCode: 'GB', scheme: 'wikidata', termCode: 'Q84' });
  });

  it('unknown to the lists stay without a code', () => {
    expect(things('in [L:Zhongmengchang]')[0]).toMatchObject({
      name: 'Zhongmengchang',
      scheme: null,
      termCode: null,
      sameAs: [],
    });
  });
});

describe('relevance', () => {
  it('is highest for what is in the headline and often named', () => {
    const { mentions, fields } = story('[P:Anna Smith] met [P:Bob Jones]. [P:Smith] left.');
    const headline: NameMention = { ...(mentions[1] as NameMention), field: 'headline', start: 0, end: 9 };
    const linked = linkNames([headline, ...mentions], [{ field: 'headline', text: 'Bob Jones' }, ...fields]);
    expect(linked[0]?.name).toBe('Bob Jones');
  });
});
