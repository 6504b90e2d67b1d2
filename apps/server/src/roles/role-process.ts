import { flushCompileCache } from 'node:module';
import type { Log } from '@holdfast/application';
import { collectProcessMetrics, registry } from '../composition/metrics.ts';
import type { MetricsRequest, RoleFacts, RoleMessage } from '../supervisor/child-role.ts';

/** A running role, as its process sees it. */
export interface RunningRole {
  readonly facts: RoleFacts;
  stop(): Promise<void>;
}

/** `EX_TEMPFAIL`: whatever it was may be over later. */
const EXIT_TEMPORARY = 75;

/**
 * Runs a role until SIGTERM, SIGINT or the loss of its supervisor; then stops it in order and exits with 0. A role that
 * cannot start says why in one sentence.
 */
export async function runRoleProcess(log: Log, start: () => Promise<RunningRole>): Promise<void> {
  let role: RunningRole;
  try {
    role = await start();
  } catch (error) {
    const sentence = refusalSentence(error);
    log.error('role cannot run', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    if (sentence !== null) await tell({ type: 'refused', sentence });
    process.exit(EXIT_TEMPORARY);
  }
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    role.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('role did not stop cleanly', { error: String(error) });
        process.exit(EXIT_TEMPORARY);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  collectProcessMetrics();
  process.on('message', (request: MetricsRequest) => {
    if (request.type !== 'send-metrics') return;
    registry.getMetricsAsJSON().then(
      (metrics) => tell({ type: 'metrics', metrics }),
      (error: unknown) => log.warn('metrics not sent', { error: String(error) }),
    );
  });
  // A process that is killed later leaves its compiled code to the next one all the same.
  flushCompileCache();
  await tell({ type: 'ready', facts: role.facts });
}

function tell(message: RoleMessage): Promise<void> {
  return new Promise((done) => {
    if (process.send === undefined) return done();
    process.send(message, undefined, undefined, () => done());
  });
}

/** Sentences for what a restart would not mend; null for the rest, which is tried again. */
function refusalSentence(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && error.code === 'EADDRINUSE') return error.message;
  if (error.name === 'SchemaUnknownError' || error.name === 'ConfigurationError')
    return error.message;
  return null;
}
