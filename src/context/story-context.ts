import { textKey } from '../stories/identity.ts';
import type { Story, StoryTag } from '../stories/story.ts';
import { describeEvent, type EventDescription } from './describe-event.ts';
import { findNames, linkNames, type NamedThing, type TextField } from './names/index.ts';
import { sketchOf } from './shingles.ts';
import type { StoryName } from './story-name.ts';
import { readStory, type StoryReading } from './story-record.ts';
import type { StoryTagDraft } from './tags.ts';
import { standardTopic, suggestTopics, topic, topicName } from './topics.ts';

/** What a story is about, as far as the story alone tells: computed before a connection is taken. */
export interface StoryContext {
  /** First what the publisher says, then names by relevance, then topics. */
  tags: StoryTagDraft[];
  event: EventDescription | null;
  /** By which copies of its text are found. */
  sketch: number[];
  /** What placing it in an event and relating it to other stories goes by. */
  reading: StoryReading;
  names: StoryName[];
}

/** Below this a name or topic is rather left out. */
const LEAST_NAME_CONFIDENCE = 50;
const LEAST_TOPIC_CONFIDENCE = 40;

/** Reads names, topics and the event out of a story. */
export function readContext(story: Story): StoryContext {
  const fields = textFields(story);
  const things = linkNames(findNames(fields, story.language), fields).filter(
    (thing) => thing.confidence >= LEAST_NAME_CONFIDENCE,
  );
  const identified = things.filter(isIdentified);
  return {
    tags: [...publisherTags(story.tags, identified), ...identified.map(nameTag), ...topicTags(story)],
    event: describeEvent(story, things),
    sketch: sketchOf(story.bodyText),
    reading: readStory(story),
    names: things.map(({ type, name, aliases, scheme, confidence, relevance }) => ({
      type,
      name,
      aliases,
      scheme,
      confidence,
      relevance,
    })),
  };
}

/**
 * Tags are shared by all stories, and a last name alone ("Putin", where this story has no first name) does not say
 * whose it is: such a person is no tag. Who is known by one word only is a tag where a publisher or an editor says so.
 */
function isIdentified(thing: NamedThing): boolean {
  return thing.type !== 'PERSON' || thing.termCode !== null || /\p{L}[\s·・]+\p{L}/u.test(thing.name);
}

/** The pieces of a story that are read for names; captions and credits are kept apart from prose. */
function textFields(story: Story): TextField[] {
  const single = (['headline', 'abstract', 'dateline', 'byline'] as const).flatMap((field): TextField[] => {
    const text = story[field];
    return text ? [{ field, text }] : [];
  });
  const captions = story.photos.flatMap(({ caption }, index): TextField[] =>
    caption ? [{ field: 'caption', text: caption, index }] : [],
  );
  return [...single, { field: 'body', text: story.bodyText }, ...captions];
}

/** A keyword that is the name of a thing in the text is that thing: one thing, one tag. */
function publisherTags(tags: StoryTag[], things: NamedThing[]): StoryTagDraft[] {
  const named = new Map(
    things.flatMap((thing) => [thing.name, ...thing.aliases].map((name) => [textKey(name), thing])),
  );
  return tags.map((tag) => {
    const thing = tag.type === 'KEYWORD' && !tag.termCode ? named.get(textKey(tag.name)) : undefined;
    if (thing) return { ...nameTag(thing), creator: 'PUBLISHER', relevance: tag.relevance, confidence: tag.confidence };
    return { ...standardTopic(tag), aliases: [], creator: 'PUBLISHER', mentions: null };
  });
}

function nameTag(thing: NamedThing): StoryTagDraft {
  return {
    ...thing,
    creator: 'SYSTEM',
    mentions: thing.mentions.map(({ field, index, start, end, text }) => ({ field, index, start, end, text })),
  };
}

function topicTags(story: Story): StoryTagDraft[] {
  const { topics, topLevel } = suggestTopics({
    ...story,
    keywords: story.tags.filter((tag) => tag.type === 'KEYWORD').map((tag) => tag.name),
    url: story.canonicalUrl,
  });
  const suggestions = topics.filter((suggestion) => suggestion.confidence >= LEAST_TOPIC_CONFIDENCE);
  const chosen = topLevel?.sure ? [...suggestions, topLevel] : suggestions;
  return chosen.flatMap(({ code, confidence }): StoryTagDraft[] => {
    const found = topic(code);
    if (!found) return [];
    return [
      {
        type: 'SUBJECT',
        name: topicName(found),
        scheme: 'medtop',
        termCode: code,
        sameAs: found.sameAs,
        aliases: [],
        creator: 'SYSTEM',
        relevance: null,
        confidence,
        mentions: null,
      },
    ];
  });
}
