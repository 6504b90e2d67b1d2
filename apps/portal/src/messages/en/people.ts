export const people = {
  heading: 'People',
  search: 'Name or address',
  hint: 'Find someone of your organisation, or anyone you have written with.',
  none: (query: string) => `Nobody found for “${query}”. You can still write to any address.`,
  writeTo: (name: string) => `Write to ${name}`,
  loading: 'Searching',
} as const;
