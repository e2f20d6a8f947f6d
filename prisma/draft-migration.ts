// Prints the SQL that would bring the migrations to schema.prisma: `npm run migration:draft -- postgres://…/an-empty-database`.
import { migrationDrift } from '../src/db/migrate.ts';

const shadowUrl = process.argv[2];
if (!shadowUrl) throw new Error('Name an empty database to play the migrations in: npm run migration:draft -- postgres://…');
process.stdout.write(`${await migrationDrift(shadowUrl)}\n`);
