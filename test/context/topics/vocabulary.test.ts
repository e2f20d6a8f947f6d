import { describe, expect, it } from 'vitest';
import {
  ALL_TOPICS,
  broaderTopics,
  currentTopic,
  topic,
  topicForSubjectCode,
  topLevelOf,
} from '../../../src/context/topics.ts';

describe('the Media Topics vocabulary', () => {
  it('holds every concept, with 17 at the top', () => {
    expect(ALL_TOPICS).toHaveLength(1393);
    expect(ALL_TOPICS.filter((each) => !each.retired)).toHaveLength(1085);
    expect(ALL_TOPICS.filter((each) => each.broader === null)).toHaveLength(17);
  });

  it('names a concept in its languages, with its place, its Wikidata entity and its old subject code', () => {
    const election = topic('20000574');
    expect(election?.names).toMatchObject({ en: 'election' });
    expect(Object.keys(election?.names ?? {})).toContain('de');
    expect(election).toMatchObject({ broader: '11000000', retired: false, replacedBy: null, subjectCode: '11003000' });
    expect(election?.sameAs).toEqual([expect.stringMatching(/^http:\/\/www\.wikidata\.org\/entity\/Q\d+$/)]);
    expect(topic('medtop:20000574')).toBe(election);
    expect(topic('20009999')).toBeUndefined();
  });

  it('climbs from every concept to one of the 17', () => {
    for (const each of ALL_TOPICS) expect(topLevelOf(each.code).broader, each.code).toBeNull();
    expect(broaderTopics('20000063').map((above) => above.names.en)).toEqual([
      'war',
      'armed conflict',
      'conflict, war and peace',
    ]);
    expect(() => topLevelOf('no code')).toThrow(RangeError);
  });

  it('leads from every retired concept to a living one', () => {
    for (const each of ALL_TOPICS) expect(currentTopic(each.code)?.retired, each.code).toBe(false);
  });

  it('follows the one replacement the IPTC names, else the nearest living broader concept', () => {
    expect(currentTopic('20000064')?.names.en).toBe('war crime');
    expect(currentTopic('20000865')?.names.en).toBe('boxing');
    // "Use government budget or personal finance": nobody but an editor can choose.
    expect(topic('20000348')).toMatchObject({ retired: true, replacedBy: null });
    expect(currentTopic('20000348')?.names.en).toBe('economic trends and indicators');
  });

  it('reads the older IPTC subject codes', () => {
    expect(topicForSubjectCode('15054000')?.names.en).toBe('football');
    expect(topicForSubjectCode('subj:15054000')).toBe(topicForSubjectCode('15054000'));
    expect(topicForSubjectCode('04000000')?.code).toBe('04000000');
    expect(topicForSubjectCode('99000000')).toBeUndefined();
  });
});
