import { createFailureHandler, createNothingHere, type LanguageOf } from './failure-answers.ts';
import type { Ports } from '@holdfast/application';
import express, { type Express, type Request, type Router } from 'express';
import { createBuiltFiles } from './built-files.ts';
import { compressedAnswers } from './compressed-answers.ts';
import { createHealthRoutes } from './health-routes.ts';
import { createOriginCheck } from './origin-check.ts';
import { securityHeaders } from './security-headers.ts';

interface SiteOptions {
  readonly ports: Ports;
  readonly publicUrl: string;
  /** Addresses or ranges of the proxies in front of us. */
  readonly trustedProxies: readonly string[];
  /** Content-Security-Policy of the built pages. */
  readonly policy: string;
  /** What this site answers besides its files and health. */
  readonly routes: Router;
  /** For programs that are no browsers and prove themselves: before the check of origins. */
  readonly programs?: Router;
  /** As in a sentence: `The admin console`. */
  readonly name: string;
  readonly builtDirectory: string;
  /** Of the built files; `index.html` where there is only one. */
  readonly pageOf?: (request: Request) => string;
  /** English where nothing is said. */
  readonly languageOf?: LanguageOf;
}

/** What both sites share, in the order that matters: headers, health, compression, origin, routes, files, failures. */
export function createSite(options: SiteOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustedProxies);
  app.use(securityHeaders({ policy: options.policy, https: isHttps(options.publicUrl) }));
  app.use(createHealthRoutes(options.ports));
  app.use(compressedAnswers());
  if (options.programs !== undefined) app.use(options.programs);
  app.use(createOriginCheck(options.publicUrl));
  app.use(options.routes);
  const { languageOf = () => 'en' } = options;
  const { builtDirectory: directory, name, pageOf = () => 'index.html' } = options;
  app.use(createBuiltFiles({ directory, name, pageOf }));
  app.use(createNothingHere(languageOf));
  app.use(createFailureHandler(options.ports, languageOf));
  return app;
}

export function isHttps(publicUrl: string): boolean {
  return new URL(publicUrl).protocol === 'https:';
}
