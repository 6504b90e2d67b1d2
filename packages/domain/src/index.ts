/**
 * The domain: vocabulary, state machines and policies of e-mail continuity, as pure functions over plain data.
 * It must never do I/O, read a clock, draw a random number or import anything: time, ids and randomness arrive in
 * the command.
 */
export * from './address.ts';
export * from './content-finding.ts';
export * from './contact-channel.ts';
export * from './concurrency.ts';
export * from './cut-over.ts';
export * from './cut-over-evidence.ts';
export * from './cut-over-steps.ts';
export * from './decide-cut-over.ts';
export * from './delivery-command.ts';
export * from './delivery.ts';
export * from './directory-object.ts';
export * from './direct-senders.ts';
export * from './dkim-key.ts';
export * from './dns-reading.ts';
export * from './domain-name.ts';
export * from './domain-setup.ts';
export * from './emergency-event.ts';
export * from './exchange-address.ts';
export * from './exchange-cmdlet.ts';
export * from './exchange-connector.ts';
export * from './exchange-finding.ts';
export * from './exchange-order.ts';
export * from './exchange-plan.ts';
export * from './exchange-removal.ts';
export * from './exchange-rule.ts';
export * from './exchange-side.ts';
export * from './exchange-step.ts';
export * from './exchange-words.ts';
export * from './filter-lists.ts';
export * from './instant.ts';
export * from './ip-range.ts';
export * from './ledger.ts';
export * from './lock-down.ts';
export * from './mail-folder.ts';
export * from './mailbox-copy.ts';
export * from './list-match.ts';
export * from './mailbox-rate.ts';
export * from './outbound-readiness.ts';
export * from './microsoft-host.ts';
export * from './plan.ts';
export * from './policy-audience.ts';
export * from './primary-health.ts';
export * from './queue-state.ts';
export * from './recipient-policy.ts';
export * from './search-words.ts';
export * from './sender-policy.ts';
export * from './smtp-reply.ts';
export * from './sync-guard.ts';
export * from './tenant-permission.ts';
export * from './undo-send.ts';
export * from './verdict.ts';
