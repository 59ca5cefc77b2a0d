/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  watchman: false,
  // The first test of a file may have to wait for sources to be translated, on a machine that is busy.
  testTimeout: 30_000,
  testMatch: ['**/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      },
    ],
  },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  collectCoverageFrom: ['src/**/*.ts', 'rules/**/*.ts'],
  // The second prints the closing line.
  reporters: ['default', '<rootDir>/.ci/summary-reporter.js'],
}
