import type { RequestListener } from 'node:http';
import express, { type Router } from 'express';
import { isAuthorised } from '../login/token.ts';
import type { World } from '../world.ts';
import { batchRoutes } from './batch.ts';
import { directoryRoutes } from './directory-routes.ts';
import { GraphError, graphErrorHandler } from './graph-error.ts';
import { healthRoutes } from './health-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { permission } from './permission.ts';
import { tenantRoutes } from './tenant-routes.ts';
import { traceRoutes } from './trace-routes.ts';

/** Graph's limit for one request. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;
const THROTTLED_RETRY_SECONDS = 10;

/** Microsoft Graph v1.0, as much of it as the product calls. `listener` takes the requests inside a batch. */
export function graphRouter(world: World, listener: RequestListener): Router {
  const router = express.Router();
  router.use((request, _response, next) => {
    if (!isAuthorised(request.headers.authorization, 'graph', Date.now())) {
      throw new GraphError(
        401,
        'InvalidAuthenticationToken',
        'Access token is missing, expired or not meant for Graph.',
      );
    }
    if (world.outage.shape === 'throttle') {
      throw new GraphError(
        429,
        'TooManyRequests',
        'Too many requests. Wait before you try again.',
        THROTTLED_RETRY_SECONDS,
      );
    }
    next();
  });
  router.use(express.json({ limit: MAX_REQUEST_BYTES }));
  router.use(express.text({ limit: MAX_REQUEST_BYTES, type: 'text/plain' }));
  router.use(world.contract.watch());
  router.use(permission());
  batchRoutes(router, listener);
  tenantRoutes(router, world);
  healthRoutes(router, world);
  traceRoutes(router, world);
  directoryRoutes(router, world);
  mailRoutes(router, world);
  router.use((request) => {
    throw new GraphError(
      400,
      'BadRequest',
      `Resource not found for the segment '${request.path.slice(1)}'.`,
    );
  });
  router.use(graphErrorHandler);
  return router;
}
