import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printedSchema } from '../schema/index.ts';

// `npm run schema`: writes schema.graphql from the code. A test fails while the two differ.
writeFileSync(fileURLToPath(new URL('../../schema.graphql', import.meta.url)), printedSchema());
