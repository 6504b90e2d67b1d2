export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly run: () => void;
}

/** Every typed word must begin a word of the label; what begins with the query comes first. */
export function matchCommands(commands: readonly Command[], query: string): readonly Command[] {
  const wanted = words(query);
  if (wanted.length === 0) return commands;
  const first = wanted[0] ?? '';
  return commands
    .filter((command) => {
      const has = words(command.label);
      return wanted.every((word) => has.some((candidate) => candidate.startsWith(word)));
    })
    .toSorted(
      (a, b) =>
        Number(b.label.toLowerCase().startsWith(first)) -
        Number(a.label.toLowerCase().startsWith(first)),
    );
}

function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
