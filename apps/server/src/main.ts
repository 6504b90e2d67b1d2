/**
 * The composition root and command line of Holdfast: the only place that knows every package. It holds wiring and no
 * decisions.
 */
import { enableCompileCache } from 'node:module';

// Every role and every command is a process of its own: compiled code is kept, or each start would compile it anew.
enableCompileCache();

const [, , command, role] = process.argv;
if (command === 'role') {
  const { runRole } = await import('./roles/run-role.ts');
  await runRole(role ?? '');
} else {
  const { runCommandLine } = await import('./commands/command-line.ts');
  await runCommandLine(command);
}
