import type { Log } from '@holdfast/application';
import { pino, type Logger } from 'pino';

/**
 * JSON lines on stderr, so that stdout stays for answers. `role` is on every line. Fields never hold mail content.
 */
export function createLog(options: { readonly level: string; readonly role: string }): Log {
  const logger = pino(
    {
      level: options.level,
      base: { role: options.role },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ fd: 2, sync: true }),
  );
  return wrap(logger);
}

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (fields) => wrap(logger.child(fields)),
  };
}
