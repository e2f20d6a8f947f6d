import {
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { schema } from '../schema/index.ts';

/** A subscription whose every field is marked shareable (schema/shareable.ts). */
export interface ShareableOperation {
  operation: OperationDefinitionNode;
  /** The one field of the subscription. */
  field: FieldNode;
  /** The variable that alone says where to begin; the others decide what is sent. */
  afterVariable: string | null;
  /** The document as text, however it was laid out. */
  text: string;
}

const known = new WeakMap<DocumentNode, Map<string, ShareableOperation | null>>();

/** What of a valid document can be shared; null where it must be executed for each client. */
export function shareableOperation(document: DocumentNode, operationName?: string | null): ShareableOperation | null {
  const byName = known.get(document) ?? new Map<string, ShareableOperation | null>();
  known.set(document, byName);
  const name = operationName ?? '';
  const found = byName.get(name);
  if (found !== undefined) return found;
  const read = analyse(document, operationName);
  byName.set(name, read);
  return read;
}

function analyse(document: DocumentNode, operationName?: string | null): ShareableOperation | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription') return null;
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0 || field.directives?.length) return null;
  if (!everyFieldIsShareable(document)) return null;
  const after = field.arguments?.find((argument) => argument.name.value === 'after')?.value;
  const afterVariable = after?.kind === Kind.VARIABLE ? after.name.value : null;
  if (afterVariable && countUses(document, afterVariable) > 1) return null;
  return { operation, field, afterVariable, text: print(document) };
}

function everyFieldIsShareable(document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let shareable = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        if (name.value === '__typename') return;
        const parent = types.getParentType();
        // What is asked of an interface is answered by the types behind it.
        const owners = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        shareable &&= owners.every(
          (owner) => isObjectType(owner) && owner.getFields()[name.value]?.extensions.shareable === true,
        );
      },
    }),
  );
  return shareable;
}

/** Uses as a value; the declaration is none. */
function countUses(document: DocumentNode, variable: string): number {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable({ name }) {
      if (name.value === variable) uses++;
    },
  });
  return uses;
}
