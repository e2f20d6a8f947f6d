import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { LARGEST_PAGE } from './builder.ts';

// What one operation may ask for. Generous to people, GraphiQL and code generators; what is refused is refused before
// anything of it runs.

/** Options for graphql-js' parser: an operation has some hundreds of tokens, GraphiQL's introspection 350. */
export const PARSE_OPTIONS = { maxTokens: 5_000 };
/** Fields within fields. */
export const DEEPEST = 20;
/** Values in the answer, if every page were full. */
export const MOST_VALUES = 500_000;

const DEFAULT_PAGE = 20;

/** Depth of a selection, and how many values it stands for. */
interface Extent {
  depth: number;
  values: number;
}

/**
 * Refuses operations that are too deep or ask for too much. A page counts as full, and as the largest there is where
 * its size is a variable. Introspection is left to graphql-js' own rule.
 */
function limitExtent(context: ValidationContext): ReturnType<ValidationRule> {
  const schema = context.getSchema();
  const fragments = new Map<FragmentDefinitionNode, Extent>();

  function ofSelections(set: SelectionSetNode | undefined, parent: GraphQLCompositeType | undefined): Extent {
    const extent = { depth: 0, values: 0 };
    for (const selection of set?.selections ?? []) {
      const part =
        selection.kind === 'Field'
          ? ofField(selection, parent)
          : selection.kind === 'InlineFragment'
            ? ofSelections(selection.selectionSet, typeNamed(selection.typeCondition?.name.value) ?? parent)
            : ofFragment(context.getFragment(selection.name.value));
      extent.depth = Math.max(extent.depth, part.depth);
      extent.values += part.values;
    }
    return extent;
  }

  function ofField(node: FieldNode, parent: GraphQLCompositeType | undefined): Extent {
    const name = node.name.value;
    if (name.startsWith('__')) return { depth: 1, values: 1 };
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const type = field && getNamedType(field.type);
    const inner = ofSelections(node.selectionSet, isCompositeType(type) ? type : undefined);
    return { depth: inner.depth + 1, values: 1 + inner.values * pageSize(node, field) };
  }

  /** Counted once, however often it is spread; a cycle is another rule's business. */
  function ofFragment(fragment: FragmentDefinitionNode | null | undefined): Extent {
    if (!fragment) return { depth: 0, values: 0 };
    const known = fragments.get(fragment);
    if (known) return known;
    fragments.set(fragment, { depth: 0, values: 0 });
    const extent = ofSelections(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value));
    fragments.set(fragment, extent);
    return extent;
  }

  function typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  return {
    OperationDefinition(node: OperationDefinitionNode) {
      const { depth, values } = ofSelections(node.selectionSet, schema.getRootType(node.operation) ?? undefined);
      const refuse = (message: string) =>
        context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: 'TOO_LARGE' } }));
      if (depth > DEEPEST) refuse(`This asks for fields within fields ${depth} deep; the most is ${DEEPEST}.`);
      if (values > MOST_VALUES)
        refuse(
          `This asks for up to ${values} values; the most is ${MOST_VALUES}. Ask for smaller pages, or in several steps.`,
        );
      return false;
    },
  };
}

function pageSize(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined): number {
  if (!field?.args.some((argument) => argument.name === 'first')) return 1;
  const given = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
  if (!given || given.kind === 'NullValue') return DEFAULT_PAGE;
  return given.kind === 'IntValue' ? Math.min(Number(given.value), LARGEST_PAGE) : LARGEST_PAGE;
}

/** All the rules an operation must keep. */
export const validationRules: readonly ValidationRule[] = [...specifiedRules, limitExtent];

/** Only what is not in GraphQL itself, for servers that add to its rules. */
export const limitRules: readonly ValidationRule[] = [limitExtent];
