import { X509Certificate } from 'node:crypto';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  EXCHANGE_ROLES,
  GRAPH_ROLES,
  HOLDFAST_CLIENT_ID,
  HOLDFAST_CLIENT_SECRET,
} from '../tenant/identity.ts';

/** Application permissions, by the resource that they are for. */
export interface Roles {
  readonly graph: readonly string[];
  readonly exchange: readonly string[];
}

export interface Application {
  readonly clientId: string;
  readonly name: string;
  readonly secret: string;
  /** By the SHA-256 of their DER form, base64url. */
  readonly certificates: Map<string, X509Certificate>;
  /** What its registration asks a tenant for. */
  readonly requested: Roles;
  /** What the tenant's administrator has granted; undefined: the tenant has not admitted it. */
  granted: Roles | undefined;
}

const ALL: Roles = { graph: GRAPH_ROLES, exchange: EXCHANGE_ROLES };

/** The applications that the simulated Entra ID knows, and what Contoso grants them. */
export class Applications {
  readonly #byId = new Map<string, Application>();

  constructor() {
    this.reset();
  }

  reset(): void {
    this.#byId.clear();
    this.#add({ clientId: CLIENT_ID, name: 'Contoso mail gateway', secret: CLIENT_SECRET }, ALL);
    // Registered in another tenant, for all: nothing is granted before an administrator of Contoso consents.
    this.#add(
      { clientId: HOLDFAST_CLIENT_ID, name: 'Holdfast', secret: HOLDFAST_CLIENT_SECRET },
      undefined,
    );
  }

  find(clientId: unknown): Application | undefined {
    return typeof clientId === 'string' ? this.#byId.get(clientId.toLowerCase()) : undefined;
  }

  all(): readonly Application[] {
    return [...this.#byId.values()];
  }

  /** As an administrator uploads it under *Certificates & secrets*. Throws for what is no certificate. */
  registerCertificate(application: Application, pem: string): string {
    const certificate = new X509Certificate(pem);
    const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString(
      'base64url',
    );
    application.certificates.set(thumbprint, certificate);
    return thumbprint;
  }

  #add(
    facts: Pick<Application, 'clientId' | 'name' | 'secret'>,
    granted: Application['granted'],
  ): void {
    this.#byId.set(facts.clientId, {
      ...facts,
      certificates: new Map(),
      requested: ALL,
      granted,
    });
  }
}
