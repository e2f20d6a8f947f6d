import { Article } from './article.ts';
import { builder } from './builder.ts';
import { RelatedOrigin, RelatedRel } from './enums.ts';

const Reason = builder.objectRef<{ kind: string; text: string; evidence: string[] }>('RelatedReason').implement({
  description: 'Why two stories were related, for a reader to check.',
  fields: (t) => ({
    kind: t.exposeString('kind', {
      nullable: false,
      description: '"shared-names", "same-event", "same-storyline", "similar-text" or "time".',
    }),
    text: t.exposeString('text', { nullable: false, description: 'A sentence: "both about: Donetsk, Sergei Lavrov".' }),
    evidence: t.exposeStringList('evidence', { nullable: false, description: 'What it rests on: names, words.' }),
  }),
});

builder.prismaNode('Related', {
  id: { field: 'id' },
  description: 'A story related to another. Until the other story is here it is a title, perhaps with an address.',
  fields: (t) => ({
    title: t.exposeString('title', { nullable: false, description: 'As printed.' }),
    url: t.field({ type: 'URL', description: 'As printed.', resolve: (related) => related.url }),
    rel: t.expose('rel', { type: RelatedRel, nullable: false, description: 'What the other story is to this one.' }),
    origin: t.expose('origin', { type: RelatedOrigin, nullable: false, description: 'Who related them.' }),
    score: t.exposeFloat('score', { description: '0–1, for computed ones.' }),
    reasons: t.field({
      type: [Reason],
      nullable: { list: false, items: false },
      description: 'Why, for computed ones.',
      resolve: (related) => (related.reasons ?? []) as { kind: string; text: string; evidence: string[] }[],
    }),
    article: t.field({
      type: Article,
      description: 'The other story; null until it arrives, and while it is under embargo.',
      select: (_args, _context, nested) => ({ related: nested({}) }),
      resolve: ({ related }) => (related?.announced ? related : null),
    }),
  }),
});
