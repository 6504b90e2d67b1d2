import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router, type Request } from 'express';
import { renderMessage } from './failure-answers.ts';

/** One year: the name of a file under `assets/` changes with its content. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The built front end: hashed files for ever, everything else asked for anew each time, and the page itself for every
 * address that a person opens. Says what to do when it was not built.
 */
export function createBuiltFiles(options: {
  readonly directory: string;
  /** As in a sentence: `The admin console`. */
  readonly name: string;
  /** The file of the page that a request is answered with. */
  readonly pageOf: (request: Request) => string;
}): Router {
  const { directory, name, pageOf } = options;
  const router = Router();
  router.use(
    express.static(directory, {
      index: false,
      redirect: false,
      setHeaders(response, path) {
        const hashed = path.startsWith(join(directory, 'assets'));
        response.setHeader('Cache-Control', hashed ? IMMUTABLE : 'no-cache');
      },
    }),
  );
  router.use((request, response, next) => {
    if (!isNavigation(request)) return next();
    const page = join(directory, pageOf(request));
    if (!existsSync(page)) {
      const sentence = 'Run “pnpm run build” in the checkout, then reload this page.';
      response.status(503).set('Cache-Control', 'no-store').type('html');
      response.send(renderMessage(`${name} has not been built`, sentence));
      return;
    }
    response.vary('Accept-Language').vary('Cookie');
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
  return router;
}

/** A person opens an address; a missing script or picture must not be answered with a page. */
function isNavigation(request: Request): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return reads && (request.path === '/' || (request.headers.accept ?? '').includes('text/html'));
}
