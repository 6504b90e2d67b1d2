import type { ConnectionView } from '@holdfast/contracts';
import { useId } from 'react';
import { m } from '../../messages/catalogue.ts';
import { State } from '../../ui/state.tsx';

const words = m.connection.tiers;
export type Tier = ConnectionView['tiers'][number];
export const TIERS: readonly Tier[] = ['read', 'configure', 'mailbox'];

/** The three steps of trust, each with its permissions, what needs them, and whether they are granted. */
export function TierList({
  permissions,
  tiers,
  onChange,
  fixed = false,
}: {
  readonly permissions: ConnectionView['permissions'];
  /** Asked for, or chosen. */
  readonly tiers: readonly Tier[];
  /** Absent: they are shown and not chosen. */
  readonly onChange?: (tiers: readonly Tier[]) => void;
  /** The application asks for all that is ticked, together. */
  readonly fixed?: boolean;
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">
        {onChange === undefined ? words.allowed : words.label}
      </legend>
      {TIERS.map((tier) => (
        <TierRow
          key={tier}
          tier={tier}
          permissions={permissions.filter((permission) => permission.tier === tier)}
          asked={tiers.includes(tier)}
          onToggle={
            onChange === undefined
              ? null
              : () => onChange(TIERS.filter((one) => tiers.includes(one) !== (one === tier)))
          }
          locked={tier === 'read' || fixed}
        />
      ))}
      {fixed ? <p className="text-sm text-text-2">{m.connection.consent.only}</p> : null}
    </fieldset>
  );
}

function TierRow({
  tier,
  permissions,
  asked,
  onToggle,
  locked,
}: {
  readonly tier: Tier;
  readonly permissions: ConnectionView['permissions'];
  readonly asked: boolean;
  readonly onToggle: (() => void) | null;
  readonly locked: boolean;
}) {
  const id = useId();
  const { title, text } = words.tier(tier);
  return (
    <div
      className={`rounded-surface border bg-surface ${asked ? 'border-line-strong' : 'border-line'}`}
    >
      <div className="flex items-start gap-3 px-4 py-3">
        {onToggle === null ? null : (
          <input
            type="checkbox"
            id={id}
            checked={asked}
            // Not `disabled`, which looks like "no": it is ticked, and stays so.
            aria-disabled={locked}
            onChange={locked ? () => undefined : onToggle}
            aria-describedby={`${id}-text`}
            className="tick mt-[3px]"
          />
        )}
        <div className="min-w-0 flex-1">
          {onToggle === null ? (
            <p className="font-medium">{title}</p>
          ) : (
            <label htmlFor={id} className="font-medium">
              {title}
              {tier === 'read' ? (
                <span className="font-normal text-text-2"> · {words.always}</span>
              ) : null}
            </label>
          )}
          <p id={`${id}-text`} className="text-text-2">
            {text}
          </p>
        </div>
        {onToggle === null ? <TierState permissions={permissions} asked={asked} /> : null}
      </div>
      <details className="border-t border-line">
        <summary className="cursor-pointer px-4 py-2 text-sm text-text-2 hover:text-text">
          {words.permissions}
        </summary>
        <dl className="divide-y divide-line border-t border-line text-sm">
          {permissions.map(({ name, granted }) => (
            <div key={name} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[190px_1fr_auto]">
              <dt className="font-mono text-xs leading-5 break-words">{name}</dt>
              <dd className="text-text-2">{words.feature(name)}</dd>
              {granted === null ? null : (
                <dd>
                  <State tone={granted ? 'good' : asked ? 'problem' : 'hollow'}>
                    {granted ? words.granted : words.missing}
                  </State>
                </dd>
              )}
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function TierState({
  permissions,
  asked,
}: {
  readonly permissions: ConnectionView['permissions'];
  readonly asked: boolean;
}) {
  const granted = permissions.filter((permission) => permission.granted === true).length;
  if (!asked && granted === 0) return <State tone="hollow">{words.notAsked}</State>;
  if (permissions.every((permission) => permission.granted === null)) return null;
  const all = granted === permissions.length;
  return (
    <State tone={all ? 'good' : 'attention'}>
      {all ? words.granted : words.grantedSome(granted, permissions.length)}
    </State>
  );
}
