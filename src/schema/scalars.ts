import { DateTimeResolver, JSONResolver, URLResolver } from 'graphql-scalars';
import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver);
builder.addScalarType('URL', URLResolver);
builder.addScalarType('JSON', JSONResolver);

builder.scalarType('Cursor', {
  description: 'A place in the log of changes, opaque: give it back as `after` to go on from there.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string') throw new TypeError('Cursor must be a string.');
    return value;
  },
});
