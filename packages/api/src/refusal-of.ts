import {
  DatabaseUnavailableError,
  Refusal,
  SpoolRefusedError,
  TenantError,
  tenantFailureWords,
  type Ports,
} from '@holdfast/application';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';

/**
 * The one place where whatever was thrown becomes a refusal that a client may see. What nobody foresaw is logged under
 * an id; the client receives the id and a sentence that gives nothing away.
 */
export function refusalOf(thrown: unknown, ports: Pick<Ports, 'identifiers' | 'log'>): Refusal {
  const error = thrown instanceof TRPCError ? (thrown.cause ?? thrown) : thrown;
  if (error instanceof Refusal) return error;
  if (error instanceof ZodError) return invalidInput(error);
  if (error instanceof DatabaseUnavailableError) {
    ports.log.error('the database does not answer', { error: String(error.cause) });
    return new Refusal(
      'database.unreachable',
      'The database does not answer at the moment. Mail is still accepted. Try again in a minute.',
    );
  }
  if (error instanceof TenantError) {
    return new Refusal('connection.failed', tenantFailureWords(error));
  }
  if (error instanceof SpoolRefusedError) {
    ports.log.error('the spool refused', { error: error.message });
    return new Refusal('spool.refused', 'Nothing was sent: the mail store refuses. Try again.');
  }
  // A body that is no JSON, an unknown procedure: tRPC's own refusals of bad requests.
  if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') {
    return new Refusal('input.invalid', 'The server does not understand this request.');
  }
  return unforeseen(error, ports);
}

function invalidInput(error: ZodError): Refusal {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.');
    fields[path] ??= issue.message;
  }
  const [first] = Object.values(fields);
  const message =
    Object.keys(fields).length === 1 && first !== undefined
      ? first
      : 'Some of what you entered cannot be used. Correct the marked fields.';
  return new Refusal('input.invalid', message, fields);
}

function unforeseen(error: unknown, ports: Pick<Ports, 'identifiers' | 'log'>): Refusal {
  const errorId = ports.identifiers.uuid();
  const stack = error instanceof Error ? error.stack : undefined;
  ports.log.error('unforeseen error in a procedure', { errorId, error: String(error), stack });
  return new Refusal(
    'internal',
    `Something failed here, and nothing was changed as far as we know. Mail is not affected. The log has it under ${errorId}.`,
  );
}
