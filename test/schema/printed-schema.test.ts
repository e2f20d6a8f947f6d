import { readFileSync } from 'node:fs';
import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { printedSchema, schema } from '../../src/schema/index.ts';

/** The Relay plugin writes these itself, as the Relay specification names them. */
const RELAY = /(Connection|Edge)$|^(Node|PageInfo)$/;
const PAGING = ['first', 'last', 'after', 'before'];

function undescribed(): string[] {
  const missing: string[] = [];
  const check = (name: string, { description }: { description?: string | null }) => {
    if (!description?.trim()) missing.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || RELAY.test(type.name)) continue;
    check(type.name, type);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name !== 'id') check(`${type.name}.${field.name}`, field);
      for (const argument of field.args)
        if (!PAGING.includes(argument.name)) check(`${type.name}.${field.name}(${argument.name})`, argument);
    }
  }
  return missing;
}

test('schema.graphql is what the code says (else: npm run schema)', () => {
  const committed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(committed).toBe(printedSchema());
});

test('every type, field, argument, input field and enum value has a description', () => {
  expect(undescribed()).toEqual([]);
});
