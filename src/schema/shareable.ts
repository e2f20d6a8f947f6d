import { type GraphQLSchema, isObjectType } from 'graphql';

/**
 * The fields that depend on nothing but the data: whoever asks, the answer is the same, so that a subscription that
 * selects only these is executed once for everybody in the same scope. Off by default: a field that is not named here is
 * executed for each client. Never add one whose resolver looks at the viewer.
 */
const SHAREABLE: Record<string, string> = {
  Subscription: 'stories',
  StoryChange: 'cursor kind article version changedFields note',
  Checkpoint: 'cursor live',
  Article:
    'id uri canonicalUrl slug source headline alternativeHeadline abstract byline authors dateline body wordCount language datePublished datePrecision timeZone firstCreated versionCreated ingestedAt version pubStatus embargoedUntil urgency section creditText copyrightNotice usageTerms edNote isAccessibleForFree tags photos related events',
  ArticleTagsConnection: 'edges pageInfo',
  ArticleTagsConnectionEdge: 'cursor node rel relevance confidence creator mentions',
  ArticlePhotosConnection: 'edges pageInfo',
  ArticlePhotosConnectionEdge: 'cursor node role position caption',
  ArticleRelatedConnection: 'edges pageInfo',
  ArticleRelatedConnectionEdge: 'cursor node',
  ArticleEventsConnection: 'edges pageInfo',
  ArticleEventsConnectionEdge: 'cursor node creator confidence evidence',
  PageInfo: 'hasNextPage hasPreviousPage startCursor endCursor',
  Source: 'id name domain homepage language timeZone country',
  Tag: 'id type name slug scheme termCode sameAs aliases broader',
  Photo:
    'id caption altText creditText creator copyrightNotice dateCreated contentLocation digitalSourceType renditions',
  Rendition: 'name href contentType width height',
  Related: 'id title url rel origin score reasons article',
  RelatedReason: 'kind text evidence',
  Event:
    'id name slug summary eventStatus startDate endDate locationName location creator confidence independentSourceCount superEvent participants',
  EventDate: 'instant date precision',
  EventParticipantsConnection: 'edges pageInfo',
  EventParticipantsConnectionEdge: 'cursor node',
};

/** Marks them in the built schema as `extensions.shareable`. @throws {Error} where a name is not in the schema */
export function markShareable(schema: GraphQLSchema): GraphQLSchema {
  for (const [typeName, names] of Object.entries(SHAREABLE)) {
    const type = schema.getType(typeName);
    for (const name of names.split(' ')) {
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (!field) throw new Error(`schema/shareable.ts names ${typeName}.${name}, which does not exist`);
      field.extensions = { ...field.extensions, shareable: true };
    }
  }
  return schema;
}
