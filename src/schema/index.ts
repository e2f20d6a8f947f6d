import { lexicographicSortSchema, printSchema } from 'graphql';
import './scalars.ts';
import './source.ts';
import './tag.ts';
import './photo.ts';
import './event.ts';
import './related.ts';
import './article.ts';
import './edges.ts';
import './ledger.ts';
import './ingest.ts';
import './edit.ts';
import './event-edit.ts';
import './related-edit.ts';
import './similar.ts';
import './timeline.ts';
import './tag-edit.ts';
import './trending.ts';
import './subscription.ts';
import { builder } from './builder.ts';
import { markShareable } from './shareable.ts';

/** The GraphQL schema. */
export const schema = markShareable(builder.toSchema());

/** The schema as text: what is committed as schema.graphql. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
