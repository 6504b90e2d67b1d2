import type { AttemptOutcome } from '@holdfast/domain';
import { replyText, type SmtpReply } from './reply-reader.ts';

export function replyOutcome(reply: SmtpReply): AttemptOutcome {
  return { kind: 'reply', code: reply.code, text: replyText(reply) };
}

export function network(
  failure: Extract<AttemptOutcome, { kind: 'network' }>['failure'],
  text: string,
): AttemptOutcome {
  return { kind: 'network', failure, text };
}
