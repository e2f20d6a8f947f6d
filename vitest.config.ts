import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Vite would take graphql's ES module for our files and Node its CommonJS one for libraries: two copies that do not
    // know each other's errors. Node takes the CommonJS one for all.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    globalSetup: 'test/support/postgres.ts',
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: one file each; more would only make them wait for each other.
    maxWorkers: 2,
  },
});
