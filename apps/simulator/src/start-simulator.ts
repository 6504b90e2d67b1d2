import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Awkwardness } from './awkwardness/awkwardness.ts';
import { awkward } from './awkwardness/middleware.ts';
import type { Contract } from './contract/contract.ts';
import type { Service } from './awkwardness/fault.ts';
import { baseUrls } from './control/tenant-facts.ts';
import { controlRouter } from './control/control-router.ts';
import { pageRouter } from './control/page.ts';
import { startDnsServer } from './dns/dns-server.ts';
import { exchangeRouter } from './exchange/exchange-router.ts';
import { graphRouter } from './graph/graph-router.ts';
import { uploadRouter } from './graph/upload-sessions.ts';
import { consentPages } from './login/consent-pages.ts';
import { tokenEndpoint } from './login/token-endpoint.ts';
import { seedMailboxes } from './sample-mail/seed-mailboxes.ts';
import type { Mailbox } from './mailbox/mailbox.ts';
import { makeCertificates } from './smtp/certificates.ts';
import { startSmtpHost } from './smtp/smtp-host.ts';
import { pushRoutes } from './push/push-devices.ts';
import { smsRoutes } from './sms/sms-gateway.ts';
import { voiceRoutes } from './voice/voice-gateway.ts';
import { World } from './world.ts';

const DEFAULT_PAGE_SIZE = 10;
const DEFAULT_HEALTH_DELAY_MS = 300_000;
const DEFAULT_SAMPLE_DAYS = 5;

export interface SimulatorOptions {
  /** Ports; 0 (the default) takes any free one. */
  readonly controlPort?: number;
  readonly smtpPort?: number;
  readonly dnsPort?: number;
  /** Address to listen on, 127.0.0.1 unless told. */
  readonly bind?: string;
  /** Days of mail in the tenant's mailboxes at the start; 0 for empty ones. Default 5. */
  readonly sampleDays?: number;
  /** Milliseconds until service health tells of an outage. Default 5 minutes. */
  readonly healthDelayMs?: number;
  /** Users of a generated population, with groups, contacts and the like in proportion. Default 0. */
  readonly users?: number;
  /** PEM: registered with Holdfast's own applications, besides their secret. */
  readonly applicationCertificate?: string;
  /** Largest page of Graph and Exchange lists. Default 10, so that clients must follow links. */
  readonly pageSize?: number;
}

export interface Simulator {
  readonly controlUrl: string;
  readonly loginBase: string;
  /** Includes the version: `…/graph/v1.0`. */
  readonly graphBase: string;
  readonly exchangeBase: string;
  readonly smsUrl: string;
  readonly voiceUrl: string;
  /** Policy hosts of all domains: `…/<domain>/.well-known/mta-sts.txt`. */
  readonly mtaStsBase: string;
  readonly smtpPort: number;
  readonly dnsPort: number;
  /** A resolver that can be made to disagree with the first. */
  readonly secondDnsPort: number;
  /** PEM of the authority that signed the certificate of the SMTP host; made anew at every start. */
  readonly authority: string;
  /** What goes wrong with the calls to the services. */
  readonly awkwardness: Awkwardness;
  /** A mailbox of the tenant: what its owner does in Outlook is done to it. */
  readonly mailbox: (address: string) => Mailbox;
  /** What did not fit Microsoft's description. */
  readonly contract: Contract;
  readonly stop: () => Promise<void>;
}

/** A port could not be taken. */
export class PortInUse extends Error {
  readonly port: number;

  constructor(what: string, port: number, setting: string) {
    super(
      `Port ${port} for ${what} is in use. Stop what uses it, or give another one with ${setting}.`,
    );
    this.port = port;
  }
}

/** Starts everything; rejects with `PortInUse` when a port is taken, having stopped what had started. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { controlPort = 0, smtpPort = 0, dnsPort = 0, bind = '127.0.0.1' } = options;
  const world = new World({
    pageSize: options.pageSize ?? DEFAULT_PAGE_SIZE,
    healthDelayMs: options.healthDelayMs ?? DEFAULT_HEALTH_DELAY_MS,
    sampleDays: options.sampleDays ?? DEFAULT_SAMPLE_DAYS,
    users: options.users ?? 0,
    ...(options.applicationCertificate !== undefined && {
      applicationCertificate: options.applicationCertificate,
    }),
  });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.splice(0).map((close) => close()));
  };
  const certificates = await makeCertificates();
  try {
    const smtp = await orPortInUse('SMTP', smtpPort, '--smtp-port', async () =>
      startSmtpHost({
        directory: world.directory,
        tenantMail: world.tenantMail,
        outsideMail: world.outsideMail,
        transportRules: world.exchange.transportRules,
        exchange: world.exchange,
        network: world.network,
        messageTrace: world.messageTrace,
        outage: world.outage,
        port: smtpPort,
        bind,
        tls: certificates.host,
      }),
    );
    stops.push(smtp.stop);
    const dns = await orPortInUse('DNS', dnsPort, '--dns-port', () =>
      startDnsServer(world.zone, dnsPort, bind),
    );
    stops.push(dns.stop);
    const secondDns = await startDnsServer(world.secondResolver, 0, bind);
    stops.push(secondDns.stop);
    const http = await orPortInUse('the control page', controlPort, '--control-port', () =>
      startHttp(world, controlPort, bind),
    );
    stops.push(() => closeHttp(http));
    world.host = ['0.0.0.0', '::'].includes(bind) ? '127.0.0.1' : bind;
    world.ports = {
      control: (http.address() as AddressInfo).port,
      smtp: smtp.port,
      dns: dns.port,
      secondDns: secondDns.port,
    };
    await seedMailboxes(world);
  } catch (error) {
    await stop();
    throw error;
  }
  const { smtp: smtpAt, dns: dnsAt, secondDns: secondDnsAt } = world.ports;
  const { authority } = certificates;
  const { awkwardness, contract } = world;
  return {
    ...baseUrls(world),
    smtpPort: smtpAt,
    dnsPort: dnsAt,
    secondDnsPort: secondDnsAt,
    authority,
    awkwardness,
    mailbox: (address) => world.tenantMail.mailbox(address),
    contract,
    stop,
  };
}

async function startHttp(world: World, port: number, bind: string): Promise<Server> {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  const before = (service: Service) =>
    awkward(world.awkwardness, service, () => world.controlUrl());
  app.use('/login', before('login'), tokenEndpoint(world), consentPages(world));
  app.use('/graph/v1.0', before('graph'), graphRouter(world, app));
  app.use('/upload', before('upload'), uploadRouter(world));
  app.use('/exchange', before('exchange'), exchangeRouter(world));
  app.use('/mta-sts', world.policies.router());
  app.use(
    '/push',
    pushRoutes(world.push, () => world.controlUrl()),
  );
  app.use('/sms', smsRoutes(world.sms));
  app.use('/voice', voiceRoutes(world.voice));
  app.use('/control', controlRouter(world));
  app.use('/', pageRouter(world));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind, () => resolve());
  });
  return server;
}

function closeHttp(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function orPortInUse<Started>(
  what: string,
  port: number,
  setting: string,
  start: () => Promise<Started>,
): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new PortInUse(what, port, setting);
    }
    throw error;
  }
}
