/** Shapes of outage that the simulated Office 365 knows. */
export type OutageShape = 'none' | 'transport' | 'mailbox' | 'identity' | 'throttle' | 'outbound';

export interface SimulatedMessage {
  readonly folder: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly isRead: boolean;
  readonly receivedAt: string;
  /** Base64. */
  readonly raw: string;
}

export interface SimulatedSms {
  readonly to: string;
  readonly text: string;
  readonly at: string;
}

/** What a device was told; never more than that there is something. */
export interface SimulatedPush {
  readonly device: string;
  readonly topic: string | null;
  /** Of content. */
  readonly bytes: number;
}

export interface TenantFacts {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly loginBase: string;
  readonly exchangeBase: string;
  readonly smtpPort: number;
}

export interface MxRecordSet {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  /** Of the MX records; other types have texts here. */
  readonly values: readonly { readonly exchange: string; readonly preference: number }[];
}

/** What the tenant's administrator sees in Exchange of what concerns us. */
export interface ExchangeFacts {
  readonly connectors: readonly Readonly<Record<string, unknown>>[];
  readonly ipAllowList: readonly string[];
  readonly transportRules: readonly Readonly<Record<string, unknown>>[];
  readonly arcSealers: readonly string[];
}

/** The simulator as a test steers it and looks into it: through its control address alone. */
export class OutsideWorld {
  readonly #controlUrl: string;

  constructor(controlUrl: string) {
    this.#controlUrl = controlUrl;
  }

  /** `replies`: what the tenant's SMTP host answers to attempt 1, 2, … of a recipient; the last one repeats. */
  async outage(shape: OutageShape, replies?: readonly string[]): Promise<void> {
    await this.#ask('/outage', { shape, ...(replies !== undefined && { replies }) });
  }

  /** Graph keeps this call waiting, once. Milliseconds. */
  async answerLate(path: string, milliseconds: number): Promise<void> {
    const fault = { kind: 'late', milliseconds };
    const rule = { service: 'graph', path: `**${path}`, calls: [1], fault };
    await this.#ask('/awkwardness', { rules: [rule] });
  }

  /** Calls to Graph so far that did not fit Microsoft's description; empty as well when the simulator is gone. */
  async contractFaults(): Promise<readonly string[]> {
    try {
      const { faults } = await this.#ask<{
        readonly faults: readonly { readonly operation: string; readonly fault: string }[];
      }>('/contract');
      return faults.map(({ operation, fault }) => `${operation}: ${fault}`);
    } catch {
      return [];
    }
  }

  /** Messages of a mailbox of the tenant; groups, shared mailboxes and public folders have one, too. */
  mailbox(address: string): Promise<readonly SimulatedMessage[]> {
    return this.#ask(`/mailboxes/${encodeURIComponent(address)}/messages`);
  }

  /** Second copies that the tenant's mailboxes have dropped, as Exchange does with a Message-ID that it knows. */
  async duplicatesDropped(): Promise<number> {
    const mailboxes = await this.#ask<{ readonly duplicatesDropped: number }[]>('/mailboxes');
    return mailboxes.reduce((sum, mailbox) => sum + mailbox.duplicatesDropped, 0);
  }

  /** Messages of a mailbox outside. */
  external(address: string): Promise<readonly SimulatedMessage[]> {
    return this.#ask(`/external/${encodeURIComponent(address)}/messages`);
  }

  sms(): Promise<readonly SimulatedSms[]> {
    return this.#ask('/sms');
  }

  /** Messages that the push service has taken for devices, having checked who sent them. */
  pushes(): Promise<readonly SimulatedPush[]> {
    return this.#ask('/push');
  }

  tenant(): Promise<TenantFacts> {
    return this.#ask('/tenant');
  }

  exchange(): Promise<ExchangeFacts> {
    return this.#ask('/exchange');
  }

  dns(): Promise<readonly MxRecordSet[]> {
    return this.#ask('/dns');
  }

  /** What the customer enters at the DNS provider. `ttl` in seconds. */
  async pointMx(
    name: string,
    values: readonly { readonly exchange: string; readonly preference: number }[],
    ttl: number,
  ): Promise<void> {
    await this.#ask('/dns', { name, type: 'MX', ttl, values });
  }

  /** One message as an outside mail server sends it, to the host that it is told. */
  /** Texts at a name; none take the record away. */
  async setText(name: string, values: readonly string[], ttl = 60): Promise<void> {
    await this.#ask('/dns', { name, type: 'TXT', ttl, values });
  }

  /** Every question for the name goes wrong; null mends it. */
  async failDns(name: string, fault: 'servfail' | 'refused' | 'silent' | null): Promise<void> {
    await this.#ask('/dns/fault', { name, fault });
  }

  /** The policy file of MTA-STS, or a redirect away from it. */
  async publishPolicy(domain: string, body: string, location?: string): Promise<void> {
    const redirect = location === undefined ? {} : { status: 302, location };
    await this.#ask('/mta-sts', { domain, body, ...redirect });
  }

  async send(message: {
    readonly from: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly messageId: string;
    readonly mx: string;
  }): Promise<{ readonly sent: boolean; readonly reply: string }> {
    const response = await fetch(`${this.#controlUrl}/control/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
    // 502 is the answer of a host that did not take it: an outcome, and no failure of the simulator.
    if (!response.ok && response.status !== 502) {
      throw new Error(`/send: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as { sent: boolean; reply: string };
  }

  /** As an administrator does under *Certificates & secrets* of an application. */
  async registerCertificate(clientId: string, certificate: string): Promise<void> {
    await this.#ask(`/applications/${clientId}/certificates`, { certificate });
  }

  /** Runs an Exchange cmdlet as the tenant's administrator would. */
  async cmdlet(
    name: string,
    parameters: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const tenant = await this.tenant();
    const signIn = await fetch(`${tenant.loginBase}/${tenant.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: tenant.clientId,
        client_secret: tenant.clientSecret,
        scope: 'https://outlook.office365.com/.default',
      }),
    });
    const { access_token: token } = (await signIn.json()) as { access_token: string };
    const url = `${tenant.exchangeBase}/adminapi/beta/${tenant.tenantId}/InvokeCommand`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'x-anchormailbox': 'UPN:SystemMailbox@contoso.onmicrosoft.com',
      },
      body: JSON.stringify({ CmdletInput: { CmdletName: name, Parameters: parameters } }),
    });
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    const { value } = (await response.json()) as { value: Readonly<Record<string, unknown>>[] };
    return value;
  }

  async #ask<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#controlUrl}/control${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
