import type { DirectoryGroup, Recipient } from './recipient.ts';

export interface MembershipChange {
  readonly member: Recipient;
  readonly removed: boolean;
}

interface Noted extends MembershipChange {
  readonly at: number;
}

/** Who came to a group and who left it, by version, as a delta query of groups tells it. */
export class MembershipLog {
  readonly #bornAt = new Map<string, number>();
  readonly #changes = new Map<string, Noted[]>();

  clear(): void {
    this.#bornAt.clear();
    this.#changes.clear();
  }

  note(
    group: DirectoryGroup,
    before: readonly string[],
    at: number,
    resolve: (address: string) => Recipient | undefined,
  ): void {
    if (before.length === 0 && !this.#bornAt.has(group.id)) {
      this.#bornAt.set(group.id, at);
      return;
    }
    const [old, now] = [new Set(before), new Set(group.members)];
    const found = (addresses: ReadonlySet<string>, removed: boolean, known: ReadonlySet<string>) =>
      [...addresses]
        .filter((address) => !known.has(address))
        .map(resolve)
        .filter((member) => member !== undefined)
        .map((member) => ({ member, removed, at }));
    const changes = [...found(old, true, now), ...found(now, false, old)];
    this.#changes.set(group.id, [...(this.#changes.get(group.id) ?? []), ...changes]);
  }

  /** Undefined for a group that did not exist at that version: all its members are new. */
  since(groupId: string, version: number): readonly MembershipChange[] | undefined {
    if ((this.#bornAt.get(groupId) ?? 0) > version) return undefined;
    return (this.#changes.get(groupId) ?? []).filter((change) => change.at > version);
  }
}
