import type { Config } from 'jest';

const shared = {
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  restoreMocks: true,
} satisfies Config;

const projects = [
  ['unit', ['<rootDir>/src/**/*.test.ts', '<rootDir>/seed/**/*.test.ts']],
  ['contract', ['<rootDir>/test/contract/**/*.test.ts']],
  ['cohort', ['<rootDir>/test/cohort/**/*.test.ts']],
  ['http', ['<rootDir>/test/http/**/*.test.ts']],
  ['repository', ['<rootDir>/test/repository/**/*.test.ts']],
] as const;

export default {
  // Machines that run the tests are shared: a process that starts may wait for its turn.
  testTimeout: 30_000,
  workerIdleMemoryLimit: '512MB',
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts', '!src/**/*.test.ts'],
  projects: projects.map(([displayName, testMatch]) => ({
    ...shared,
    displayName,
    testMatch: [...testMatch],
  })),
} satisfies Config;
