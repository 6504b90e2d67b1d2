import type { Ports } from '../ports.ts';
import type { PhoneMessage } from './count-messages.ts';

/** How a code gets to a number that is known: by a call where it takes no text messages, or where that is wished. */
export function phoneMessage(
  { phones }: Pick<Ports, 'phones'>,
  value: string,
  wished: boolean,
): PhoneMessage {
  const reading = phones.read(value, '');
  if (!reading.ok) return { value, country: '', spoken: wished };
  const { canBeCalled, canReceiveSms, country } = reading;
  return { value, country, spoken: canBeCalled && (wished || !canReceiveSms) };
}
