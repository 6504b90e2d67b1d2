import type { people as peopleWords } from '../en/people.ts';
import type { Words } from '../words.ts';

export const people: Words<typeof peopleWords> = {
  heading: 'Personen',
  search: 'Name oder Adresse',
  hint: 'Finden Sie jemanden aus Ihrer Organisation oder jemanden, mit dem Sie geschrieben haben.',
  none: (query) =>
    `Niemand gefunden für „${query}“. Schreiben können Sie trotzdem an jede Adresse.`,
  writeTo: (name) => `An ${name} schreiben`,
  loading: 'Wird gesucht',
};
