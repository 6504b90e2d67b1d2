import { outboundStateOf, type ApplicationSettings, type DomainSetup } from '@holdfast/application';
import type { OutboundView } from '@holdfast/contracts';
import {
  DAY,
  dkimRecordName,
  dkimRecordValue,
  SPF_LOOKUP_LIMIT,
  SPF_LOOKUPS_CLOSE,
  txtStrings,
} from '@holdfast/domain';
import { toIsoOrNull } from './instant.ts';

/** Mail that waits at a recipient's is verified within this: strangers keep trying for five days. Unit: milliseconds. */
const STILL_VERIFIED = 7 * DAY;

export function presentOutbound(
  { domain, keys }: DomainSetup,
  settings: ApplicationSettings,
): OutboundView {
  const { outbound } = domain;
  const state = outboundStateOf(settings, domain, keys);
  const lookups = outbound?.spfLookups ?? 0;
  return {
    fate: state.fate,
    signedBy: state.signedBy,
    keys: keys.map((key) => {
      const value = dkimRecordValue(key.publicKey);
      return {
        selector: key.selector,
        name: dkimRecordName(key.selector, domain.name),
        value,
        strings: txtStrings(value),
        state: key.state,
        checkedAt: toIsoOrNull(key.checkedAt),
        checkDetail: key.checkDetail,
        retiredAt: toIsoOrNull(key.retiredAt),
        removableAt: toIsoOrNull(key.retiredAt === null ? null : key.retiredAt + STILL_VERIFIED),
      };
    }),
    mayRotate: keys[0]?.state === 'correct',
    spf: {
      result: outbound?.spf ?? null,
      records: outbound?.spfRecords ?? [],
      wanted: state.spfWanted,
      mechanisms: state.mechanisms,
      lookups,
      lookupLimit: SPF_LOOKUP_LIMIT,
      lookupsClose: lookups >= SPF_LOOKUPS_CLOSE,
    },
    dmarc: { policy: outbound?.dmarc ?? null, name: outbound?.dmarcName ?? null },
    checkedAt: toIsoOrNull(outbound?.checkedAt ?? null),
    detail: outbound?.detail ?? null,
  };
}
