import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';

/**
 * What a user in a drill works with: real mail can be read and stays as it is, whichever use case asks for a change.
 * Opening a message marks nothing, and fails for no reason a reader would understand; what is done on purpose is refused
 * with the reason. Decision 0045.
 */
export function practising(repositories: OrganisationRepositories): OrganisationRepositories {
  return {
    ...repositories,
    mailbox: {
      ...repositories.mailbox,
      setRead: () => Promise.resolve(),
      readAll: () => Promise.resolve(0),
      undoReadAll: () => Promise.resolve(0),
      setFlagged: () => Promise.reject(staysAsItIs()),
      move: () => Promise.reject(staysAsItIs()),
    },
  };
}

function staysAsItIs(): Refusal {
  return new Refusal(
    'mailbox.drill',
    'This is a drill: your real mail stays as it is. Read, search, write and send; nothing leaves.',
  );
}
