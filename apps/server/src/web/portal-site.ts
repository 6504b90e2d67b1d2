import { join } from 'node:path';
import { createPortalRouter, refusalOf, toTrpcError, type PortalContext } from '@holdfast/api';
import type { Log, Ports } from '@holdfast/application';
import type { Language } from '@holdfast/domain';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { Router, type Express } from 'express';
import type { Configuration } from '../configuration/read-configuration.ts';
import { createAlternateInfoRoutes } from './alternate-info-routes.ts';
import { createAttachmentRoutes } from './attachment-routes.ts';
import { clientIp } from './client-ip.ts';
import { createNotMeRoutes } from './not-me-routes.ts';
import { createEventStream } from './event-stream.ts';
import { createLanguageCookie } from './language-cookie.ts';
import { findPortalSession } from './portal-session.ts';
import { PORTAL_CSP } from './security-headers.ts';
import { createSessionCookie } from './session-cookie.ts';
import { countSignIns } from './sign-in-metrics.ts';
import { createSite, isHttps } from './site.ts';
import { createSmsAnswers } from './sms-answers.ts';
import { createStopRoutes } from './stop-routes.ts';
import { createUploadRoutes } from './upload-routes.ts';

export interface PortalSiteDeps {
  readonly ports: Ports;
  readonly configuration: Pick<Configuration, 'portalUrl' | 'trustedProxies'> &
    Partial<Pick<Configuration, 'smsInboundToken'>>;
  readonly log: Log;
  /** Where the built portal lies; the workspace's own by default. */
  readonly builtDirectory?: string;
  /** Aborted when the role stops: open streams end then. */
  readonly stopping?: AbortSignal;
}

/** A text of a million characters, four bytes each, and the frame around it; files go another way. Unit: bytes. */
const MAX_PORTAL_REQUEST = 6 * 1024 * 1024;
const BUILT_PORTAL = join(import.meta.dirname, '../../../portal/dist');

/** As `language-plugin.ts` of the portal names them. */
const PAGES: Readonly<Record<Language, string>> = { en: 'index.html', de: 'index.de.html' };

/** The user portal: emergency mailbox, attachments, and the pages for alternate info. */
export function createPortalSite(deps: PortalSiteDeps): Express {
  const { configuration, builtDirectory = BUILT_PORTAL } = deps;
  const ports: Ports = { ...deps.ports, log: deps.log };
  const cookie = createSessionCookie({ site: 'portal', https: isHttps(configuration.portalUrl) });
  const language = createLanguageCookie({ https: isHttps(configuration.portalUrl) });
  const routes = Router();
  routes.use(language.choose);
  routes.use(
    '/trpc',
    createExpressMiddleware({
      router: createPortalRouter(),
      maxBodySize: MAX_PORTAL_REQUEST,
      responseMeta: ({ paths, errors }) => {
        countSignIns(paths, errors);
        return { headers: new Headers({ 'cache-control': 'no-store' }) };
      },
      createContext: async ({ req, res }): Promise<PortalContext> => ({
        ports,
        ...(await findPortalSession(ports, cookie, req).catch((error: unknown) => {
          throw toTrpcError(refusalOf(error, ports));
        })),
        ip: clientIp(req),
        userAgent: req.get('user-agent') ?? null,
        language: language.of(req),
        setLanguage: (chosen) => language.set(res, chosen),
        startSession: (token, expiresAt) => cookie.start(res, token, expiresAt),
        endSession: () => cookie.end(res),
        sessionToken: cookie.read(req),
      }),
    }),
  );
  const stopping = deps.stopping ?? new AbortController().signal;
  routes.use(createEventStream(ports, cookie, stopping));
  routes.use(createAttachmentRoutes(ports, cookie));
  routes.use('/uploads', createUploadRoutes(ports, cookie));
  routes.use('/info', createAlternateInfoRoutes(ports, language));
  routes.use('/not-me', createNotMeRoutes(ports, language));
  routes.use('/stop', createStopRoutes(ports, language));
  return createSite({
    ports,
    publicUrl: configuration.portalUrl,
    trustedProxies: configuration.trustedProxies,
    policy: PORTAL_CSP,
    routes,
    programs: createSmsAnswers(ports, configuration.smsInboundToken ?? null),
    name: 'The user portal',
    builtDirectory,
    languageOf: (request) => language.of(request),
    pageOf: (request) => PAGES[language.of(request)],
  });
}
