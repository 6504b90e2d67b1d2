import type { AdminDuty } from '@holdfast/contracts';
import type { ReactNode } from 'react';
import { useMay } from './session.tsx';

/** For whose role it is: what one cannot do is not offered. The server decides all the same. */
export function Only({
  duty,
  children,
}: {
  readonly duty: AdminDuty;
  readonly children: ReactNode;
}) {
  return useMay(duty) ? children : null;
}
