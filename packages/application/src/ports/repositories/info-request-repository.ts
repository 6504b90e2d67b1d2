import type { InfoRequestRecord } from '../../records/people.ts';

export interface InfoRequestRepository {
  get(id: string): Promise<InfoRequestRecord | null>;
  /** Stores the request and marks earlier ones of the user as replaced. */
  replace(request: InfoRequestRecord): Promise<void>;
}
