import { parse } from 'tldts';
import { describe, expect, it } from 'vitest';
import { KNOWN_SOURCES, knownSourceByDomain, knownSourceByName } from '../../src/stories/known-sources.ts';

describe('a known source', () => {
  it('is found by domain and by name, whatever the case and a leading "The"', () => {
    expect(knownSourceByDomain('INQUIRER.net')?.timeZone).toBe('Asia/Manila');
    expect(knownSourceByName('guardian')?.domain).toBe('theguardian.com');
    expect(knownSourceByName('BBC News')?.country).toBe('GB');
    expect(knownSourceByDomain('example.com')).toBeNull();
    expect(knownSourceByName('The Example Times')).toBeNull();
  });

  it.each(KNOWN_SOURCES.map((source) => [source.domain, source] as const))(
    '%s has a registrable domain, a zone, a country and a language that exist',
    (domain, source) => {
      expect(parse(domain).domain).toBe(domain);
      if (source.timeZone !== null)
        expect(() => new Intl.DateTimeFormat('en', { timeZone: source.timeZone ?? '' })).not.toThrow();
      expect(new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(source.country)).toBeDefined();
      expect(Intl.getCanonicalLocales(source.language)).toEqual([source.language]);
    },
  );

  it('stands in the list once', () => {
    const domains = KNOWN_SOURCES.map((source) => source.domain);
    expect(new Set(domains).size).toBe(domains.length);
  });
});
