import { DatabaseUnavailableError, type Ports } from '@holdfast/application';
import { Router } from 'express';

/** A database that does not answer within this is not there. Unit: milliseconds. */
const READY_TIMEOUT = 3000;

/** `/healthz`: the process answers. `/readyz`: the database does as well. */
export function createHealthRoutes(ports: Pick<Ports, 'database'>): Router {
  const router = Router();
  router.use(['/healthz', '/readyz'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    await withinTime(ports.database.ping());
    response.json({ ok: true });
  });
  return router;
}

async function withinTime(ping: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new DatabaseUnavailableError(new Error(`No answer in ${READY_TIMEOUT} ms`))),
    READY_TIMEOUT,
  );
  try {
    await Promise.race([ping, promise]);
  } finally {
    clearTimeout(timer);
  }
}
