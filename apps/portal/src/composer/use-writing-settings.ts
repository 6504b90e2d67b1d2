import type { WritingSettingsView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../api.ts';

/** They seldom change. Unit: ms. */
const FRESH_FOR = 5 * 60_000;

/** Undefined without an answer: then a message is written without them. */
export function useWritingSettings(): WritingSettingsView | undefined {
  return useQuery(trpc.writing.settings.queryOptions(undefined, { staleTime: FRESH_FOR })).data;
}
