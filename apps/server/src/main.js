/**
 * The composition root and command line of Holdfast: the only place that knows every package. It holds wiring and no
 * decisions. JavaScript, because the first TypeScript file makes Node load the compiler that strips types: once what
 * follows lies in the compile cache, a process that begins here never needs it (25 MB and 0.3 s of CPU for each role).
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// In the checkout and not in Node's default under the temporary directory, where anybody on the host could put code.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'));

const [, , command, role] = process.argv;
if (command === 'role') {
  const { runRole } = await import('./roles/run-role.ts');
  await runRole(role ?? '');
} else {
  const { runCommandLine } = await import('./commands/command-line.ts');
  await runCommandLine(command);
}
