import { z } from 'zod';

export interface Party {
  readonly name: string;
  readonly address: string;
}

export const peopleInput = z.object({
  query: z.string().max(100),
  limit: z.int().min(1).max(50).default(10),
});
