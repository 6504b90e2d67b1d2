export const ROLES = ['mx', 'ingest', 'relay', 'web', 'worker'] as const;
export type Role = (typeof ROLES)[number];
