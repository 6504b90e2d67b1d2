import { FOLDER_COUNTED_TO } from '../limits.ts';

/** As far as the server counts; beyond it nobody reads the difference. */
export function countText(count: number): string {
  return count < FOLDER_COUNTED_TO ? `${count}` : `${FOLDER_COUNTED_TO - 1}+`;
}
