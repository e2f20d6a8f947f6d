import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameEvent } from '../../src/context/event-name.ts';

describe('nameEvent', () => {
  it('names an event by its headline, without kickers and notes on media', () => {
    expect(nameEvent('BREAKING: Tram derails in Croydon (PHOTOS, VIDEO)…', '').name).toBe('Tram derails in Croydon');
  });

  it('names the other party where the body states the headline’s action as a noun', () => {
    const body = 'The signing on Monday of trade pacts between Norland and the Kingdom of Sudria was hailed.';
    expect(nameEvent('Norland signs trade pacts with island neighbour', body)).toEqual({
      name: 'Norland signs trade pacts with the Kingdom of Sudria',
      parties: ['Kingdom of Sudria'],
      evidence: 'signing on Monday of trade pacts between Norland and the Kingdom of Sudria',
    });
  });

  it('merges parties that share the end of their names', () => {
    const body =
      'the establishment of close ties between Aria and the East Republic, as well as Aria and West Republic';
    expect(nameEvent('Aria establishes close ties with its neighbours', body).name).toBe(
      'Aria establishes close ties with the East and West Republics',
    );
  });

  it.each([
    ['the headline names the party already', 'Norland signs trade pacts with Sudria'],
    ['the noun is of another thing', 'Norland signs fishing deal with island neighbour'],
  ])('keeps the headline where %s', (_, headline) => {
    const body = 'The signing of trade pacts between Norland and Esteria was hailed.';
    expect(nameEvent(headline, body).name).toBe(headline);
  });

  it('takes any text, in bounded time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (h, b) => nameEvent(h, b) !== null),
    );
    const start = performance.now();
    nameEvent('Norland signs pacts with island neighbour', 'signing of '.repeat(50_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
