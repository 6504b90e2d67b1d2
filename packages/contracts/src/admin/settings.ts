import { z } from 'zod';

/** Longer than what is accepted, so that the server can say which field is too long. Unit: characters. */
const typed = z.string().max(1000);

export const helpdeskFields = z.object({
  name: typed,
  phone: typed,
  email: typed,
  url: typed,
  hours: typed,
});
export type HelpdeskFields = z.infer<typeof helpdeskFields>;

/** Null: nobody is named to users. */
export const saveHelpdeskInput = z.object({ helpdesk: helpdeskFields.nullable() });
