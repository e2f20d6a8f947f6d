import { schemaDrift } from './schema-drift.ts';

// `npm run migration:draft -- postgres://…` prints the SQL that would bring the migrations to schema.prisma.
const shadowUrl = process.argv[2];
if (!shadowUrl)
  throw new Error('Name an empty database to play the migrations in: npm run migration:draft -- postgres://…');
process.stdout.write(`${await schemaDrift(shadowUrl)}\n`);
