import { X509Certificate } from 'node:crypto';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  CONFIGURE_ROLES,
  EXCHANGE_ROLES,
  GRAPH_ROLES,
  HOLDFAST_APPLICATIONS,
  HOLDFAST_CLIENT_SECRET,
  MAILBOX_ROLES,
} from '../tenant/identity.ts';

/** Application permissions, by the resource that they are for. */
interface Roles {
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

const READ: Roles = {
  graph: GRAPH_ROLES.filter((role) => ![...MAILBOX_ROLES, ...CONFIGURE_ROLES].includes(role)),
  exchange: [],
};
const ALL: Roles = { graph: GRAPH_ROLES, exchange: EXCHANGE_ROLES };

/** The applications that the simulated Entra ID knows, and what Contoso grants them. */
export class Applications {
  readonly #byId = new Map<string, Application>();
  readonly #certificate: string | undefined;

  /** `certificate`: PEM, registered with Holdfast's own applications from the start. */
  constructor(certificate?: string) {
    this.#certificate = certificate;
    this.reset();
  }

  reset(): void {
    this.#byId.clear();
    this.#add(
      { clientId: CLIENT_ID, name: 'Contoso mail gateway', secret: CLIENT_SECRET, requested: ALL },
      ALL,
    );
    // Registered elsewhere, for all tenants: nothing is granted before an administrator of Contoso consents.
    const { read, configure, mailbox } = HOLDFAST_APPLICATIONS;
    const secret = HOLDFAST_CLIENT_SECRET;
    for (const facts of [
      { clientId: read, name: 'Holdfast (read)', requested: READ },
      {
        clientId: configure,
        name: 'Holdfast (read and configure)',
        requested: { graph: [...READ.graph, ...CONFIGURE_ROLES], exchange: EXCHANGE_ROLES },
      },
      { clientId: mailbox, name: 'Holdfast', requested: ALL },
    ]) {
      const added = this.#add({ ...facts, secret }, undefined);
      if (this.#certificate !== undefined) this.registerCertificate(added, this.#certificate);
    }
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
    const digest = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex');
    const thumbprint = digest.toString('base64url');
    application.certificates.set(thumbprint, certificate);
    return thumbprint;
  }

  #add(
    facts: Pick<Application, 'clientId' | 'name' | 'secret' | 'requested'>,
    granted: Application['granted'],
  ): Application {
    const application = { ...facts, certificates: new Map<string, X509Certificate>(), granted };
    this.#byId.set(facts.clientId, application);
    return application;
  }
}
