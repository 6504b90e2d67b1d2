/**
 * Lint rules of the whole workspace, with the import table of docs/architecture.md as errors.
 * `tooling/lint` holds the test that shows each ban biting. Where several overrides match a file
 * the last one wins for a rule, so every file gets exactly one list of banned imports.
 */
import type { OxlintConfig, OxlintOverride } from 'oxlint';

type Rules = NonNullable<OxlintConfig['rules']>;

interface ImportRule {
  /** Names of workspace packages that may be imported, without `@holdfast/`. */
  readonly packages: readonly string[];
  /** Of these only types. */
  readonly types?: readonly string[];
  /** When given, everything else from npm or Node is banned. */
  readonly onlyVendors?: readonly string[];
  readonly bannedVendors?: readonly string[];
}

function imports({ packages, types = [], onlyVendors, bannedVendors = [] }: ImportRule): Rules {
  const own = [...packages, ...types].map((name) => `@holdfast/${name}`);
  const vendors =
    onlyVendors === undefined
      ? bannedVendors.flatMap((name) => [name, `${name}/**`])
      : ['*', ...['./**', '../**', ...onlyVendors].map((name) => `!${name}`)];
  // One group in gitignore's manner, read from top to bottom: with several, what one of them
  // allows is not looked at by the others.
  const group = [
    ...vendors,
    '!@holdfast',
    '@holdfast/*',
    '@holdfast/*/**',
    ...own.flatMap((name) => [`!${name}`, `!${name}/**`]),
  ];
  const message = 'Not in this package’s row of the import table in docs/architecture.md.';
  const paths = types.map((name) => ({
    name: `@holdfast/${name}`,
    message: 'Only `import type` from here.',
    allowTypeImports: true,
  }));
  return { 'no-restricted-imports': ['error', { paths, patterns: [{ group, message }] }] };
}

const PURE_GLOBALS = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'process',
  'Buffer',
  'console',
  'fetch',
  'crypto',
  'performance',
].map((name) => ({ name, message: 'Domain code is pure: what it needs arrives in the command.' }));

const TESTS = ['**/*.test.ts', '**/*.test.tsx'];

/** The import table; the rows of the architecture page in its order. */
const importTable: OxlintOverride[] = [
  {
    files: ['packages/domain/src/**'],
    rules: {
      ...imports({ packages: [], onlyVendors: [] }),
      'no-restricted-globals': ['error', ...PURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time arrives in the command.' },
        { object: 'Math', property: 'random', message: 'Randomness arrives in the command.' },
      ],
    },
  },
  {
    files: ['packages/contracts/src/**'],
    rules: imports({ packages: ['domain'], onlyVendors: ['zod'] }),
  },
  {
    files: ['packages/application/src/**'],
    rules: imports({ packages: ['domain', 'contracts'], onlyVendors: [] }),
  },
  {
    files: ['packages/{database,mail,office365,notifications}/src/**'],
    rules: imports({
      packages: ['application', 'domain', 'contracts'],
      bannedVendors: ['express', '@trpc'],
    }),
  },
  {
    files: ['packages/{mail,office365,notifications}/src/**'],
    rules: imports({
      packages: ['application', 'domain', 'contracts'],
      bannedVendors: ['express', '@trpc', 'drizzle-orm', 'postgres', 'pg-boss'],
    }),
  },
  {
    files: ['packages/api/src/**'],
    rules: imports({
      packages: ['application', 'contracts', 'domain'],
      onlyVendors: ['@trpc', '@trpc/**', 'zod', 'node:*'],
    }),
  },
  {
    files: ['apps/{admin,portal}/src/**'],
    rules: imports({
      packages: ['contracts', 'design'],
      types: ['api'],
      bannedVendors: ['node:*', 'express', '@trpc/server'],
    }),
  },
  {
    files: ['apps/simulator/src/**'],
    rules: imports({ packages: [] }),
  },
  {
    files: ['apps/server/src/**'],
    rules: imports({
      packages: [
        'domain',
        'contracts',
        'application',
        'database',
        'mail',
        'office365',
        'notifications',
        'api',
      ],
    }),
  },
  {
    files: ['apps/server/src/**/*.test.ts', 'apps/server/src/**/testing/**'],
    rules: imports({
      packages: [
        'domain',
        'contracts',
        'application',
        'database',
        'mail',
        'office365',
        'notifications',
        'api',
        'testkit',
      ],
    }),
  },
  {
    files: ['packages/mail/src/**/*.test.ts', 'packages/mail/src/testing/**'],
    rules: imports({
      packages: ['application', 'domain', 'contracts', 'letters', 'vitest-preset'],
      bannedVendors: ['express', '@trpc', 'drizzle-orm', 'postgres', 'pg-boss'],
    }),
  },
  {
    files: ['packages/domain/src/**/*.test.ts'],
    rules: {
      ...imports({ packages: [], onlyVendors: ['vitest', 'fast-check', 'node:*'] }),
      'no-restricted-globals': 'off',
    },
  },
  {
    files: ['packages/contracts/src/**/*.test.ts'],
    rules: imports({
      packages: ['domain', 'vitest-preset'],
      onlyVendors: ['zod', 'vitest', 'node:*'],
    }),
  },
  {
    files: ['packages/application/src/**/*.test.ts'],
    rules: imports({
      packages: ['domain', 'contracts'],
      onlyVendors: ['vitest', 'fast-check', 'node:*'],
    }),
  },
  {
    files: ['packages/api/src/**/*.test.ts'],
    rules: imports({
      packages: ['application', 'contracts', 'domain'],
      onlyVendors: ['@trpc', '@trpc/**', 'zod', 'node:*', 'vitest'],
    }),
  },
];

const config: OxlintConfig = {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'node', 'react', 'vitest'],
  categories: { correctness: 'error' },
  ignorePatterns: ['**/dist/**', '**/schema/**'],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    // A `default` that throws would hide a new variant until it is met at run time.
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: false },
    ],
    'import/no-default-export': 'error',
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    'node/no-process-env': 'error',
    'no-console': 'error',
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'error',
    'vitest/require-to-throw-message': 'off',
    // The second argument of expect is vitest's own: the words that a failure begins with.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'assert*'] }],
    // Contracts that hold for every test of a file are checked in its afterEach.
    'vitest/no-standalone-expect': 'off',
    // Mail and SMTP grammars are made of control characters.
    'no-control-regex': 'off',
  },
  overrides: [
    ...importTable,
    {
      files: ['**/*.config.ts'],
      rules: { 'import/no-default-export': 'off', 'node/no-process-env': 'off' },
    },
    { files: ['packages/*/src/index.ts'], rules: { 'oxc/no-barrel-file': 'off' } },
    {
      files: [
        'apps/server/src/configuration/**',
        'packages/database/src/testing/**',
        'packages/testkit/**',
        'tooling/**',
        'e2e/**',
        ...TESTS,
      ],
      rules: { 'node/no-process-env': 'off' },
    },
    { files: ['tooling/**', 'e2e/**'], rules: { 'no-console': 'off' } },
    {
      // What makes tests out of a walk's steps gets their names and what they check handed in.
      files: ['e2e/src/**'],
      rules: { 'vitest/expect-expect': 'off', 'vitest/valid-title': 'off' },
    },
  ],
};

export default config;
