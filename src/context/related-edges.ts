import { v7 as uuid } from 'uuid';
import type { Transaction } from '../db/transaction.ts';
import type { EventState } from './event-state.ts';
import type { RecordStore } from './record-store.ts';
import type { RelatedCandidate, RelatedPick } from './related-score.ts';

/** Computed related stories kept of each story. */
const MOST_EDGES = 8;
/** Stories compared with each new one, and of them at most so many of one other event. */
const MOST_COMPARED = 80;
const MOST_OF_OTHER_EVENT = 10;

/** The stories that one of `event` may be related to: the latest of its event and of the candidate events. */
export async function candidateStories(
  records: RecordStore,
  event: EventState,
  candidates: EventState[],
): Promise<RelatedCandidate[]> {
  const others = candidates.filter((candidate) => candidate.id !== event.id);
  // Kin first: where the list is cut, those of the same storyline stay.
  const ordered = [
    event,
    ...others.filter(({ storyline }) => storyline === event.storyline),
    ...others.filter(({ storyline }) => storyline !== event.storyline),
  ].slice(0, MOST_COMPARED);
  const lists = await records.ofEvents(ordered.map(({ id }) => id));
  const stories = ordered.flatMap(({ id, storyline }) => {
    const list = lists.get(id) ?? [];
    const latest = id === event.id ? list : list.slice(-MOST_OF_OTHER_EVENT);
    return latest.map(({ story }) => ({ story, event: id, storyline }));
  });
  return stories.slice(0, MOST_COMPARED);
}

/** Every term whose rarity comparing these stories asks for. */
export function relatedTerms(stories: RelatedCandidate[]): string[] {
  return stories.flatMap(({ story }) => [...story.terms.keys()]);
}

type Rel = RelatedPick['rel'] | 'UPDATE_OF';

/** What a story is to the one that it was found for; copies are related apart, by their text (copies.ts). */
const INVERSE: Record<RelatedPick['rel'], Rel> = {
  RELATED: 'RELATED',
  BACKGROUND: 'FOLLOW_UP',
  FOLLOW_UP: 'BACKGROUND',
  COPY_OF: 'RELATED',
};

/**
 * Replaces the computed edges from and to the given stories, both ways, and keeps the {@link MOST_EDGES} best of each
 * story. Pairs that people related, that are copies, or that an editor said are not related get no edge.
 */
export async function writeComputedRelated(tx: Transaction, related: Map<string, RelatedPick[]>): Promise<void> {
  const ids = [...related.keys()];
  if (ids.length === 0) return;
  await tx.query(
    `delete from related where (article_id = any($1) or related_id = any($1)) and origin = 'COMPUTED' and rel <> 'COPY_OF'`,
    [ids],
  );
  const edges = [...related].flatMap(([id, picks]) =>
    picks.slice(0, MOST_EDGES).flatMap((pick) => {
      const reasons = pick.reasons.map(({ kind, text }) => ({
        kind: kind.toLowerCase().replace('_', '-'),
        text,
        evidence: kind === 'SHARED_NAMES' ? text.replace(/^[^:]*: /, '').split(', ') : [],
      }));
      const flipped = reasons.map((reason) => ({ ...reason, text: flipTime(reason.text) }));
      const { score } = pick;
      return [
        { id: uuid(), article_id: id, related_id: pick.id, rel: pick.rel, score, reasons },
        { id: uuid(), article_id: pick.id, related_id: id, rel: INVERSE[pick.rel], score, reasons: flipped },
      ];
    }),
  );
  await tx.query({
    name: 'insert_computed_related',
    text: `
      insert into related (id, article_id, related_id, title, title_key, rel, position, origin, score, reasons)
      select distinct on (r.article_id, r.related_id) r.id, r.article_id, r.related_id, o.headline, o.headline_key,
        (case when r.rel <> 'COPY_OF' then r.rel when a.source_id = o.source_id then 'UPDATE_OF' else 'RELATED' end)::related_rel,
        0, 'COMPUTED', r.score, r.reasons
      from json_to_recordset($1::json) as
        r(id uuid, article_id uuid, related_id uuid, rel text, score float8, reasons jsonb)
      join articles a on a.id = r.article_id join articles o on o.id = r.related_id
      where not exists (select from related k where k.article_id = r.article_id and k.related_id = r.related_id)
        and not exists (select from related k where k.article_id = r.related_id and k.related_id = r.article_id and k.rel = 'COPY_OF')
        and not exists (select from unrelated u where u.article_id = r.article_id and u.related_id = r.related_id)
      order by r.article_id, r.related_id, r.score desc`,
    values: [JSON.stringify(edges)],
  });
  await tx.query({
    name: 'keep_best_related',
    text: `
      delete from related where id in (
        select id from (
          select id, row_number() over (partition by article_id order by score desc, related_id) as place
          from related where article_id = any($1) and origin = 'COMPUTED' and rel <> 'COPY_OF'
        ) ranked where place > ${MOST_EDGES})`,
    values: [[...new Set(edges.map((edge) => edge.article_id))]],
  });
}

function flipTime(text: string): string {
  if (text.endsWith(' earlier')) return text.replace(/ earlier$/, ' later');
  return text.replace(/ later$/, ' earlier');
}
