import type { Transaction } from '../db/transaction.ts';
import { splitSentences } from './lead.ts';
import { openTermTable } from './term-table.ts';
import { tokenise } from './terms.ts';
import { buildTimeline, datedStatements, type TimelineEntry } from './timeline.ts';

/** Stories that are read for one timeline, the first published; and characters of each. */
const MOST_STORIES = 100;
const BODY_LENGTH = 20_000;

interface Row {
  id: string;
  version: number;
  body_text: string;
  date_published: Date | null;
  date_precision: string | null;
  time_zone: string | null;
}

/** The timeline of an event from its stories that may be shown, each in its current version. Only reads. */
export async function readTimeline(tx: Transaction, eventId: string): Promise<TimelineEntry[]> {
  const { rows } = await tx.query<Row>({
    name: 'timeline_stories',
    text: `
      select a.id, a.version, left(a.body_text, ${BODY_LENGTH}) as body_text, a.date_published, a.date_precision, a.time_zone
      from event_articles x join articles a on a.id = x.article_id
      where x.event_id = $1 and a.announced and a.pub_status = 'USABLE' order by a.listed_at, a.id limit ${MOST_STORIES}`,
    values: [eventId],
  });
  const stories = rows.map((row) => ({
    article: row.id,
    revision: row.version,
    sentences: row.body_text.split('\n').flatMap(splitSentences),
    published: row.date_published && {
      instant: row.date_published,
      precision: row.date_precision === 'DAY' ? ('DAY' as const) : ('TIME' as const),
      zone: row.time_zone,
    },
  }));
  const table = await openTermTable(tx);
  await table.know(stories.flatMap(datedStatements).flatMap(({ text }) => tokenise(text)));
  return buildTimeline(stories, table);
}
