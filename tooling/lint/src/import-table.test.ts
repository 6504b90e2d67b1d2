import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const programs = [join(root, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']]
  .filter((directory) => directory !== undefined)
  .join(':');

/** Each file of a made-up workspace, what it holds, and the rule that must object (or none). */
const cases: readonly (readonly [path: string, source: string, rule: string | undefined])[] = [
  ['packages/domain/src/a.ts', `import 'node:fs';`, 'eslint(no-restricted-imports)'],
  ['packages/domain/src/b.ts', `import 'zod';`, 'eslint(no-restricted-imports)'],
  ['packages/domain/src/c.ts', `import '@holdfast/contracts';`, 'eslint(no-restricted-imports)'],
  ['packages/domain/src/d.ts', `export const at = Date.now();`, 'eslint(no-restricted-properties)'],
  [
    'packages/domain/src/e.ts',
    `export const n = Math.random();`,
    'eslint(no-restricted-properties)',
  ],
  ['packages/domain/src/f.ts', `setTimeout(() => undefined, 1);`, 'eslint(no-restricted-globals)'],
  ['packages/domain/src/g.ts', `import '../deep/own/file.ts';`, undefined],
  ['packages/domain/src/h.test.ts', `import 'vitest';`, undefined],
  ['packages/contracts/src/a.ts', `import 'express';`, 'eslint(no-restricted-imports)'],
  ['packages/contracts/src/b.ts', `import 'zod';\nimport '@holdfast/domain';`, undefined],
  ['packages/application/src/a.ts', `import '@holdfast/mail';`, 'eslint(no-restricted-imports)'],
  ['packages/application/src/b.ts', `import 'express';`, 'eslint(no-restricted-imports)'],
  ['packages/application/src/c.ts', `import '@trpc/server';`, 'eslint(no-restricted-imports)'],
  ['packages/application/src/d.ts', `import 'drizzle-orm';`, 'eslint(no-restricted-imports)'],
  ['packages/application/src/e.ts', `import '@holdfast/domain';\nimport './x.ts';`, undefined],
  ['packages/mail/src/a.ts', `import '@holdfast/database';`, 'eslint(no-restricted-imports)'],
  ['packages/mail/src/b.ts', `import '@holdfast/api';`, 'eslint(no-restricted-imports)'],
  ['packages/mail/src/c.ts', `import 'drizzle-orm/pg-core';`, 'eslint(no-restricted-imports)'],
  ['packages/mail/src/d.ts', `import 'smtp-server';\nimport '@holdfast/application';`, undefined],
  ['packages/mail/src/l.ts', `import '@holdfast/letters';`, 'eslint(no-restricted-imports)'],
  [
    'packages/mail/src/t.ts',
    `import '@holdfast/vitest-preset/thread-time';`,
    'eslint(no-restricted-imports)',
  ],
  ['packages/mail/src/t.test.ts', `import '@holdfast/vitest-preset/thread-time';`, undefined],
  ['packages/database/src/a.ts', `import '@holdfast/mail';`, 'eslint(no-restricted-imports)'],
  ['packages/database/src/b.ts', `import 'drizzle-orm';`, undefined],
  ['packages/office365/src/a.ts', `import 'express';`, 'eslint(no-restricted-imports)'],
  ['packages/api/src/a.ts', `import '@holdfast/database';`, 'eslint(no-restricted-imports)'],
  ['packages/api/src/b.ts', `import 'express';`, 'eslint(no-restricted-imports)'],
  ['packages/api/src/c.ts', `import 'drizzle-orm';`, 'eslint(no-restricted-imports)'],
  ['packages/api/src/d.ts', `import '@trpc/server';\nimport '@holdfast/application';`, undefined],
  [
    'apps/admin/src/a.ts',
    `import { x } from '@holdfast/api';\nx();`,
    'eslint(no-restricted-imports)',
  ],
  ['apps/admin/src/b.ts', `import '@holdfast/application';`, 'eslint(no-restricted-imports)'],
  [
    'apps/portal/src/c.ts',
    `import type { X } from '@holdfast/api';\nexport type Y = X;`,
    undefined,
  ],
  ['apps/portal/src/d.ts', `import '@holdfast/design/icons';`, undefined],
  ['apps/simulator/src/a.ts', `import '@holdfast/domain';`, 'eslint(no-restricted-imports)'],
  ['apps/server/src/a.ts', `import '@holdfast/testkit';`, 'eslint(no-restricted-imports)'],
  ['apps/server/src/b.test.ts', `import '@holdfast/testkit';`, undefined],
  ['apps/server/src/c.ts', `export const p = process.env['P'];`, 'node(no-process-env)'],
  ['apps/server/src/configuration/d.ts', `export const p = process.env['P'];`, undefined],
  ['packages/mail/src/e.ts', `export default 1;`, 'import(no-default-export)'],
  ['packages/mail/src/f.ts', `export * from './other.ts';`, 'oxc(no-barrel-file)'],
  ['packages/mail/src/index.ts', `export * from './other.ts';`, undefined],
  ['packages/mail/src/g.ts', `export const x: any = 1;`, 'typescript(no-explicit-any)'],
  [
    'packages/mail/src/h.ts',
    `export const f = (x?: string): string => x!;`,
    'typescript(no-non-null-assertion)',
  ],
  [
    'packages/mail/src/i.ts',
    `const f = async (): Promise<void> => {};\nf();`,
    'typescript(no-floating-promises)',
  ],
  [
    'packages/mail/src/j.ts',
    `const f = async (): Promise<boolean> => true;\nif (f()) throw new Error();`,
    'typescript(no-misused-promises)',
  ],
  [
    'packages/mail/src/k.ts',
    `export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}`,
    'typescript(switch-exhaustiveness-check)',
  ],
];

let workspace: string;
let objections: Map<string, string[]>;

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'holdfast-lint-'));
  copyFileSync(join(root, 'oxlint.config.ts'), join(workspace, 'oxlint.config.ts'));
  writeFileSync(join(workspace, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(workspace, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { strict: true, target: 'ES2024', module: 'NodeNext', types: [] },
      include: ['packages', 'apps'],
    }),
  );
  for (const [path, source] of [...cases, ['packages/mail/src/other.ts', 'export const o = 1;']]) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), `${source}\n`);
  }
  objections = lint();
});

afterAll(() => {
  rmSync(workspace, { recursive: true, force: true });
});

function lint(): Map<string, string[]> {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '--format=json'],
    {
      cwd: workspace,
      encoding: 'utf8',
      // oxlint looks its type-aware half up on PATH.
      env: { ...process.env, PATH: programs },
    },
  );
  expect(stdout, stderr).toMatch(/^\s*{/);
  const report = JSON.parse(stdout) as { diagnostics: { filename: string; code?: string }[] };
  const found = new Map<string, string[]>();
  for (const { filename, code } of report.diagnostics) {
    found.set(filename, [...(found.get(filename) ?? []), code ?? 'none']);
  }
  return found;
}

describe('the lint rules', () => {
  it.each(cases.filter(([, , rule]) => rule !== undefined))(
    'object in %s to %s',
    (path, _, rule) => {
      expect(objections.get(path) ?? []).toEqual([rule]);
    },
  );

  it.each(cases.filter(([, , rule]) => rule === undefined))('allow in %s: %s', (path) => {
    expect(objections.get(path) ?? []).toEqual([]);
  });
});
