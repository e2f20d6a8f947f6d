import { builder } from './builder.ts';

export const PubStatus = builder.enumType('PubStatus', {
  description: 'Whether a story may be shown (ninjs `pubstatus`).',
  values: {
    USABLE: { description: 'May be shown.' },
    WITHHELD: { description: 'Not to be shown until further notice.' },
    CANCELED: { description: 'Withdrawn for good (a kill).' },
  },
});
export const TagType = builder.enumType('TagType', {
  description: 'What kind of thing a tag names.',
  values: {
    SUBJECT: { description: 'A subject of a vocabulary, such as IPTC Media Topics.' },
    KEYWORD: { description: "A publisher's free keyword." },
    PERSON: { description: 'A human being.' },
    ORGANISATION: { description: 'A company, authority, party, team or other body.' },
    PLACE: { description: 'A country, city, building or other place.' },
    OBJECT: { description: 'A product, work or other thing with a name.' },
    GENRE: { description: 'The nature of the text: analysis, interview, obituary …' },
  } as const,
});
export const Creator = builder.enumType('Creator', {
  description: 'Who said so.',
  values: {
    PUBLISHER: { description: 'The source of the story.' },
    EDITOR: { description: 'Somebody at this installation.' },
    SYSTEM: { description: 'Computed from the text.' },
  },
});
export const DatePrecision = builder.enumType('DatePrecision', {
  description: 'How exactly a date is known.',
  values: {
    YEAR: { description: 'Only the year.' },
    MONTH: { description: 'The month.' },
    DAY: { description: 'The day, without a time of day.' },
    MINUTE: { description: 'The time of day.' },
  },
});
export const PhotoRole = builder.enumType('PhotoRole', {
  description: 'How a story uses a photo.',
  values: { LEAD: { description: 'The main picture.' }, INLINE: { description: 'Within the text.' } },
});
export const RelatedRel = builder.enumType('RelatedRel', {
  description: 'What another story is to this one.',
  values: {
    RELATED: { description: 'About the same or something near it.' },
    FEATURED: { description: 'Placed there by the publisher for other reasons than its subject.' },
    BACKGROUND: { description: 'Explains what this one reports.' },
    FOLLOW_UP: { description: 'Reports what came after.' },
    UPDATE_OF: { description: 'This one replaces it.' },
    COPY_OF: { description: 'The same text from another source.' },
  },
});
export const RelatedOrigin = builder.enumType('RelatedOrigin', {
  description: 'Who related two stories.',
  values: {
    PUBLISHER: { description: 'Printed with the story.' },
    EDITOR: { description: 'Somebody at this installation.' },
    COMPUTED: { description: 'Computed; carries a score and reasons.' },
  },
});
export const RevisionKind = builder.enumType('RevisionKind', {
  description: 'What a new version of a story is.',
  values: {
    CREATED: { description: 'The first version.' },
    UPDATED: { description: 'Says something else or more.' },
    CORRECTED: { description: 'Mends an error in an earlier version.' },
    WITHDRAWN: { description: 'The story is no longer to be shown.' },
    RESTORED: { description: 'The story may be shown again.' },
  },
});
export const EventStatus = builder.enumType('EventStatus', {
  description: 'Where an event stands (schema.org eventStatus, and whether it has happened).',
  values: {
    SCHEDULED: { description: 'It is still to come.' },
    HAPPENED: { description: 'It took place, or goes on.' },
    POSTPONED: { description: 'It was put off.' },
    CANCELLED: { description: 'It was called off.' },
  },
});
export const IngestOutcome = builder.enumType('IngestOutcome', {
  description: 'What became of an item that was handed in.',
  values: {
    CREATED: { description: 'A new article.' },
    REVISED: { description: 'A new version of an article that was here.' },
    UNCHANGED: { description: 'The article was here and says the same.' },
    DUPLICATE: { description: 'Repeats another item of the same input.' },
    REJECTED: { description: 'Not stored; the errors say why.' },
  },
});
