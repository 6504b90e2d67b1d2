import { CUT_OVER_SETTINGS } from './settings/cut-over.ts';
import { DATABASE_SETTINGS } from './settings/database.ts';
import { DNS_SETTINGS } from './settings/dns.ts';
import { FILTER_SETTINGS } from './settings/filters.ts';
import { HOST_SETTINGS } from './settings/host.ts';
import { MAIL_RECEPTION_SETTINGS } from './settings/mail-reception.ts';
import { MAILBOX_COPY_SETTINGS } from './settings/mailbox-copies.ts';
import { LOG_SETTINGS, METRICS_SETTINGS, PROBE_SETTINGS } from './settings/monitoring.ts';
import { NOTIFICATION_SETTINGS } from './settings/notifications.ts';
import { OFFICE365_SETTINGS } from './settings/office365.ts';
import { OUTBOUND_SETTINGS } from './settings/outbound.ts';
import { RECEPTION_LIMIT_SETTINGS } from './settings/reception-limits.ts';
import { RELAY_SETTINGS } from './settings/relay.ts';
import { SECRET_SETTINGS } from './settings/secrets.ts';
import { SIMULATOR_SETTINGS } from './settings/simulator.ts';
import { MESSAGE_STORE_SETTINGS, STORE_CAPACITY_SETTINGS } from './settings/store.ts';
import { WEB_SETTINGS } from './settings/web.ts';

/**
 * Every setting of the product; docs/configuration.md has them in this order, which is why two groups come in halves. Names
 * that scripts rely on are never renamed.
 */
export const SETTINGS = {
  ...HOST_SETTINGS,
  ...DATABASE_SETTINGS,
  ...WEB_SETTINGS,
  ...MAIL_RECEPTION_SETTINGS,
  ...CUT_OVER_SETTINGS,
  ...DNS_SETTINGS,
  ...RELAY_SETTINGS,
  ...OUTBOUND_SETTINGS,
  ...NOTIFICATION_SETTINGS,
  ...OFFICE365_SETTINGS,
  ...MAILBOX_COPY_SETTINGS,
  ...SECRET_SETTINGS,
  ...RECEPTION_LIMIT_SETTINGS,
  ...STORE_CAPACITY_SETTINGS,
  ...FILTER_SETTINGS,
  ...METRICS_SETTINGS,
  ...PROBE_SETTINGS,
  ...MESSAGE_STORE_SETTINGS,
  ...SIMULATOR_SETTINGS,
  ...LOG_SETTINGS,
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValues = { readonly [Key in SettingKey]: (typeof SETTINGS)[Key]['fallback'] };
