import { describe, expect, it } from 'vitest';
import { resolveEventPlace } from '../../src/context/event-place.ts';
import { readLead } from '../../src/context/lead.ts';
import type { StoryName } from '../../src/context/story-name.ts';

const place = (headline: string, bodyText: string, names: StoryName[] = []) =>
  resolveEventPlace(readLead({ headline, abstract: null, dateline: null, bodyText }), names)?.place;
const named = (type: StoryName['type'], name: string, relevance: number): StoryName => ({
  type,
  name,
  relevance,
  confidence: 90,
});

describe('resolveEventPlace', () => {
  it('reads the place behind a preposition, a city before its country', () => {
    expect(place('Tram derails in Croydon', 'Five died in Britain’s worst tram crash, in Croydon.')).toBe('Croydon');
  });

  it('reads the dateline at the head of the text', () => {
    expect(place('Ministers meet', 'MAZAR-I-SHARIF, Afghanistan (AP) — Ministers met on Monday.')).toBe(
      'Mazar-i-Sharif',
    );
  });

  it('takes what the tagger calls a person or an organisation for no place', () => {
    expect(place('Trust in Comey falls', 'Voters met in Ohio.', [named('PERSON', 'Comey', 90)])).toBe('Ohio');
  });

  it('prefers the place the story is most about among those the tagger found', () => {
    const names = [named('PLACE', 'Euston', 10), named('PLACE', 'Croydon', 90)];
    expect(place('Croydon crash victims named', 'A train left for Euston.', names)).toBe('Croydon');
  });

  it('knows no place where none is named', () => {
    expect(place('Shares fall', 'They fell in May and in Congress.')).toBeUndefined();
  });
});

describe('the printed form', () => {
  it('keeps how the story writes a place beside the canonical name', () => {
    const names = [{ ...named('PLACE', 'United Kingdom', 80), aliases: ['UK'], scheme: 'iso3166' }];
    const lead = readLead({ headline: 'UK bans old stoves', abstract: null, dateline: null, bodyText: '' });
    expect(resolveEventPlace(lead, names)).toMatchObject({ place: 'United Kingdom', printed: 'UK' });
  });
});
