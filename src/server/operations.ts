import { type DocumentNode, type GraphQLError, parse, validate } from 'graphql';
import { schema } from '../schema/index.ts';
import { PARSE_OPTIONS, validationRules } from '../schema/limits.ts';

/** Documents remembered; subscribers of one application all send the same few. */
const MOST_DOCUMENTS = 500;
/** Longer ones are not worth the memory. */
const LONGEST_DOCUMENT = 20_000;
const remembered = new Map<string, DocumentNode>();

/**
 * Parses and validates a document, once for equal texts: equal texts yield the same object.
 *
 * @throws {GraphQLError} the syntax error
 */
export function readDocument(text: string): { document: DocumentNode; errors: readonly GraphQLError[] } {
  const known = remembered.get(text);
  if (known) return { document: known, errors: [] };
  const document = parse(text, PARSE_OPTIONS);
  const errors = validate(schema, document, validationRules);
  if (errors.length === 0 && text.length <= LONGEST_DOCUMENT) {
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size >= MOST_DOCUMENTS) remembered.delete(oldest);
    remembered.set(text, document);
  }
  return { document, errors };
}
