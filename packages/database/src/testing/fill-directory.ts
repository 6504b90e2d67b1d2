import type {
  AppliedDirectory,
  DirectoryFact,
  HeldBack,
  OrganisationRepositories,
  TenantObject,
} from '@holdfast/application';
import { randomUUID } from 'node:crypto';

/** What a tenant has, for tests that are about something else than reading it. */
export interface FilledDirectory {
  readonly objects: readonly TenantObject[];
  /** Direct members by their addresses; those that no object has are left out. */
  readonly memberships?: readonly {
    readonly groupExternalId: string;
    readonly memberAddresses: readonly string[];
  }[];
  /** Groups that not everybody may write to; all others take mail from anybody. */
  readonly restricted?: readonly string[];
}

const NOTHING: HeldBack = { removals: false, disablings: false, addressLosses: false };

/** Makes the directory of the transaction's organisation what is given, as a sync that read all of it would. */
export async function fillDirectory(
  { intake }: Pick<OrganisationRepositories, 'intake'>,
  filled: FilledDirectory,
  at: number,
  heldBack: Partial<HeldBack> = {},
): Promise<AppliedDirectory> {
  const runId = randomUUID();
  const owners = new Map(
    filled.objects.flatMap(({ externalId, primaryAddress, addresses }) =>
      [primaryAddress ?? '', ...addresses].map((address) => [address.toLowerCase(), externalId]),
    ),
  );
  const members = (filled.memberships ?? []).flatMap(({ groupExternalId, memberAddresses }) =>
    memberAddresses.flatMap((address): readonly DirectoryFact[] => {
      const memberId = owners.get(address.toLowerCase());
      return memberId === undefined ? [] : [{ fact: 'member', groupId: groupExternalId, memberId }];
    }),
  );
  const restrictions = filled.objects
    .filter(({ kind }) => kind === 'group' || kind === 'dynamic-group')
    .map(({ externalId }): DirectoryFact => {
      const restricted = filled.restricted?.includes(externalId) ?? false;
      return { fact: 'restriction', externalId, restricted };
    });
  await intake.stage(
    runId,
    'users',
    filled.objects.map((object) => ({ fact: 'object', object: tidy(object) })),
  );
  await intake.stage(runId, 'members', members);
  await intake.stage(runId, 'restrictions', restrictions);
  const collections = ['users', 'members', 'restrictions'] as const;
  const whole = { full: true, deltaLink: null };
  await intake.settle(
    runId,
    collections.map((collection) => ({ collection, ...whole })),
    at,
  );
  await intake.derive();
  return intake.apply(at, { ...NOTHING, ...heldBack });
}

/** Lower-case, as the adapters give it. */
function tidy(object: TenantObject): TenantObject {
  return {
    ...object,
    primaryAddress: object.primaryAddress?.toLowerCase() ?? null,
    addresses: object.addresses.map((address) => address.toLowerCase()),
  };
}
