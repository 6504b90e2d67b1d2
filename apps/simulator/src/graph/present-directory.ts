import type {
  DirectoryContact,
  DirectoryGroup,
  DirectoryUser,
  Recipient,
} from '../tenant/recipient.ts';
import { SKUS, TEAMS_PLAN } from '../tenant/plans.ts';
import type { GraphObject } from './select.ts';

const ASSIGNED_AT = '2025-01-15T00:00:00Z';

/** `SMTP:` marks the primary address, `smtp:` an alias. */
const proxyAddresses = (addresses: readonly string[]): string[] =>
  addresses.map((address, index) => `${index === 0 ? 'SMTP' : 'smtp'}:${address}`);

const localPart = (address: string | undefined): string | null => address?.split('@')[0] ?? null;

export function presentUser(user: DirectoryUser): GraphObject {
  const sku = user.licence === 'none' ? undefined : SKUS[user.licence];
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    mail: user.addresses[0] ?? null,
    mailNickname: localPart(user.addresses[0]),
    proxyAddresses: proxyAddresses(user.addresses),
    displayName: user.displayName,
    givenName: user.givenName,
    surname: user.surname,
    accountEnabled: user.accountEnabled,
    userType: user.purpose === 'guest' ? 'Guest' : 'Member',
    jobTitle: user.jobTitle,
    department: user.department,
    companyName: 'Contoso',
    officeLocation: null,
    mobilePhone: user.mobilePhone,
    businessPhones: [],
    otherMails: user.otherMails,
    preferredLanguage: user.preferredLanguage,
    usageLocation: user.usageLocation,
    showInAddressList: true,
    isResourceAccount: null,
    onPremisesSyncEnabled: null,
    createdDateTime: ASSIGNED_AT,
    assignedLicenses: sku === undefined ? [] : [{ skuId: sku.skuId, disabledPlans: [] }],
    assignedPlans:
      sku === undefined
        ? []
        : [
            {
              assignedDateTime: ASSIGNED_AT,
              capabilityStatus: 'Enabled',
              service: 'exchange',
              servicePlanId: sku.exchangePlanId,
            },
            {
              assignedDateTime: ASSIGNED_AT,
              capabilityStatus: 'Enabled',
              service: TEAMS_PLAN.service,
              servicePlanId: TEAMS_PLAN.id,
            },
          ],
  };
}

function presentGroup(group: DirectoryGroup): GraphObject {
  return {
    id: group.id,
    displayName: group.displayName,
    description: group.description,
    mail: group.addresses[0] ?? null,
    mailNickname: localPart(group.addresses[0]),
    mailEnabled: true,
    securityEnabled: group.kind === 'security',
    groupTypes: group.kind === 'unified' ? ['Unified'] : [],
    proxyAddresses: proxyAddresses(group.addresses),
    visibility: group.kind === 'unified' ? 'Private' : null,
    onPremisesSyncEnabled: null,
    createdDateTime: ASSIGNED_AT,
  };
}

function presentContact(contact: DirectoryContact): GraphObject {
  return {
    id: contact.id,
    displayName: contact.displayName,
    givenName: contact.givenName,
    surname: contact.surname,
    companyName: contact.companyName,
    mail: contact.externalAddress,
    mailNickname: localPart(contact.addresses[0]),
    // Exchange lists the target address as primary and the tenant's own ones as aliases.
    proxyAddresses: proxyAddresses([contact.externalAddress, ...contact.addresses]),
    onPremisesSyncEnabled: null,
  };
}

/** Dynamic groups and public folders are not in Entra ID: null. */
export function presentFor(type: 'user' | 'group' | 'contact') {
  return (recipient: Recipient): GraphObject | null => {
    if (recipient.type !== type) return null;
    switch (recipient.type) {
      case 'user':
        return presentUser(recipient);
      case 'group':
        return recipient.kind === 'dynamic' ? null : presentGroup(recipient);
      case 'contact':
        return presentContact(recipient);
      default:
        return null;
    }
  };
}
