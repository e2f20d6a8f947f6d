/** IPTC Media Topics, the built-in SUBJECT scheme: the vocabulary, publishers' labels mapped to it, and topics suggested from text. */
export type { TopicStory } from './topics/evidence.ts';
export { topicForKeyword } from './topics/keyword-aliases.ts';
export { standardTopic } from './topics/standard.ts';
export { suggestTopics, type TopicSuggestion, type TopicSuggestions } from './topics/suggest.ts';
export {
  ALL_TOPICS,
  broaderTopics,
  currentTopic,
  type Topic,
  topic,
  topicForSubjectCode,
  topicName,
  topLevelOf,
} from './topics/vocabulary.ts';
