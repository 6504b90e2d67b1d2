/**
 * Size budgets of the portal (experience.md), measured on what `vite build` left in `dist`: gzip bytes of everything that a
 * route needs before it works. Exit 1 above a budget. `node scripts/check-size.ts`
 */
import { join } from 'node:path';
import { BUDGETS, measure } from '../size-budget.ts';

const sizes = await measure(join(import.meta.dirname, '..', 'dist'));
let failed = false;
for (const { name, limit } of BUDGETS) {
  const bytes = sizes[name];
  const over = bytes > limit;
  failed ||= over;
  process.stdout.write(`${over ? 'OVER' : 'ok  '} ${name}: ${bytes} of ${limit} bytes, gzip\n`);
}
process.exitCode = failed ? 1 : 0;
