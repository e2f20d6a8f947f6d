import type { StoryTag } from '../../stories/story.ts';
import { currentTopic, type Topic, topic, topicForSubjectCode, topicName } from './vocabulary.ts';

/**
 * A wire's subject in today's Media Topics: an older IPTC Subject Code ("subjectcode", of NITF and NewsML 1) becomes the
 * topic that continues it, a retired topic the one that stands, and what came without a name gets the vocabulary's.
 * Other tags, and codes the vocabulary does not have, stay as they are.
 */
export function standardTopic(tag: StoryTag): StoryTag {
  const found = topicOf(tag);
  if (!found) return tag;
  return {
    ...tag,
    type: 'SUBJECT',
    name: topicName(found),
    scheme: 'medtop',
    termCode: found.code,
    sameAs: found.sameAs,
  };
}

function topicOf({ scheme, termCode }: StoryTag): Topic | undefined {
  if (!termCode) return undefined;
  if (scheme === 'subjectcode') return topicForSubjectCode(termCode);
  return scheme === 'medtop' ? (currentTopic(termCode) ?? topic(termCode)) : undefined;
}
