import { Contract } from './contract/contract.ts';
import { Awkwardness } from './awkwardness/awkwardness.ts';
import { Applications } from './login/applications.ts';
import { ExchangeState } from './exchange/exchange-state.ts';
import { PolicyHost } from './dns/policy-host.ts';
import { SecondResolver } from './dns/second-resolver.ts';
import { Zone } from './dns/zone.ts';
import { createDkimKey, type DkimKey } from './dns/dkim-key.ts';
import { MailStore } from './mailbox/mail-store.ts';
import { Outage } from './outage/outage.ts';
import { Network } from './smtp/network.ts';
import { PushDevices } from './push/push-devices.ts';
import { VoiceGateway } from './voice/voice-gateway.ts';
import { SmsGateway } from './sms/sms-gateway.ts';
import { UploadSessions } from './graph/upload-sessions.ts';
import { Directory } from './tenant/directory.ts';
import { MessageTrace } from './tenant/message-trace.ts';

export interface WorldOptions {
  /** Largest page of a Graph or Exchange list. */
  readonly pageSize: number;
  /** How long after the fact service health speaks of an outage or of its end, in milliseconds. */
  readonly healthDelayMs: number;
  /** Days of mail that the mailboxes hold at the start; 0 for none. */
  readonly sampleDays: number;
  /** Users of a generated population beside the people of the demonstration; 0 for none. */
  readonly users: number;
  /** PEM: registered with Holdfast's own applications. */
  readonly applicationCertificate?: string;
}

/** Everything the simulator knows, in memory only. */
export class World {
  readonly pageSize: number;
  readonly healthDelayMs: number;
  readonly sampleDays: number;
  readonly users: number;
  readonly applications: Applications;
  readonly directory = new Directory();
  readonly outage = new Outage();
  readonly awkwardness = new Awkwardness();
  /** Not part of what is forgotten: what was wrong stays wrong. */
  readonly contract = new Contract();
  readonly tenantMail = new MailStore();
  readonly outsideMail = new MailStore();
  readonly messageTrace = new MessageTrace();
  readonly exchange = new ExchangeState();
  readonly network = new Network();
  readonly push = new PushDevices();
  readonly sms = new SmsGateway();
  readonly voice = new VoiceGateway();
  readonly uploads = new UploadSessions();
  readonly dkimKey: DkimKey = createDkimKey();
  readonly zone = new Zone(this.dkimKey);
  readonly secondResolver = new SecondResolver(this.zone);
  readonly policies = new PolicyHost();
  /** Set once the listeners have their ports. */
  ports = { control: 0, smtp: 0, dns: 0, secondDns: 0 };
  host = '127.0.0.1';

  constructor(options: WorldOptions) {
    this.applications = new Applications(options.applicationCertificate);
    this.pageSize = options.pageSize;
    this.healthDelayMs = options.healthDelayMs;
    this.sampleDays = options.sampleDays;
    this.users = options.users;
    if (this.users > 0) this.directory.grow(this.users);
  }

  controlUrl(): string {
    return `http://${this.host}:${this.ports.control}`;
  }

  /** Forgets everything that happened; sample mail is put back by the caller. */
  reset(): void {
    this.applications.reset();
    this.directory.reset();
    if (this.users > 0) this.directory.grow(this.users);
    this.outage.reset();
    this.awkwardness.reset();
    this.tenantMail.clear();
    this.outsideMail.clear();
    this.messageTrace.reset();
    this.exchange.reset();
    this.network.reset();
    this.push.reset();
    this.sms.reset();
    this.voice.reset();
    this.uploads.clear();
    this.zone.reset();
    this.secondResolver.reset();
    this.policies.reset();
  }
}
