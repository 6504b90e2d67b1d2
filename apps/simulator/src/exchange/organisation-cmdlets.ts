import { INITIAL_DOMAIN, TENANT_ID, TENANT_NAME } from '../tenant/identity.ts';
import {
  type Cmdlet,
  CmdletError,
  flag,
  invalid,
  type Parameters,
  requiredText,
} from './cmdlet.ts';

const DOMAIN = /^(?=.*\.)[a-z\d]+(?:[-.][a-z\d]+)*$/i;

/** One text with commas or an array; a text of one blank stands for none. */
function sealers(parameters: Parameters): readonly string[] {
  const given = parameters['ArcTrustedSealers'];
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  const values = all
    .flatMap((value) => (typeof value === 'string' ? value.split(',') : []))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  const wrong = values.find((value) => !DOMAIN.test(value));
  if (wrong !== undefined) throw invalid(`'${wrong}' is not a domain of a trusted ARC sealer.`);
  return [...new Set(values)];
}

function defaultOnly(parameters: Parameters): void {
  const identity = requiredText(parameters, 'Identity');
  if (identity.toLowerCase() !== 'default') throw invalid(`There is no ARC config '${identity}'.`);
}

export const ORGANISATION_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-OrganizationConfig': {
    writes: false,
    run: ({ exchange }) => [
      {
        Identity: INITIAL_DOMAIN,
        Name: INITIAL_DOMAIN,
        DisplayName: TENANT_NAME,
        Guid: TENANT_ID,
        EwsEnabled: null,
        ...exchange.organisation,
      },
    ],
  },
  'Set-OrganizationConfig': {
    writes: true,
    run: ({ exchange }, parameters) => {
      const { RejectDirectSend } = exchange.organisation;
      exchange.organisation = {
        ...exchange.organisation,
        RejectDirectSend: flag(parameters, 'RejectDirectSend', RejectDirectSend),
      };
      return [];
    },
  },
  'Enable-OrganizationCustomization': {
    writes: true,
    run: ({ exchange }) => {
      if (!exchange.organisation.IsDehydrated) {
        throw new CmdletError(
          'Microsoft.Exchange.Management.Common.InvalidOperationInDehydratedContextException',
          'This operation is not required. Organization is already enabled for customization.',
        );
      }
      exchange.organisation = { ...exchange.organisation, IsDehydrated: false };
      return [];
    },
  },
  'Get-ArcConfig': {
    writes: false,
    // All of them in one text, as the cmdlet shows them.
    run: ({ exchange }) => [
      { Identity: 'Default', Name: 'Default', ArcTrustedSealers: exchange.arcSealers.join(',') },
    ],
  },
  'Set-ArcConfig': {
    writes: true,
    policy: true,
    run: ({ exchange }, parameters) => {
      defaultOnly(parameters);
      exchange.arcSealers = sealers(parameters);
      return [];
    },
  },
};
