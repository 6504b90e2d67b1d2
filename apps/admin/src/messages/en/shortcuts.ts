/** The keys, and what they do. */
export const shortcuts = {
  title: 'Keyboard shortcuts',
  rows: [
    ['Ctrl K', 'Command palette'],
    ['/', 'Filter the list'],
    ['?', 'This list'],
    ['↑ ↓', 'Move in a table'],
    ['Space', 'Tick'],
    ['Enter', 'Open'],
    ['Esc', 'Close'],
  ] as readonly (readonly [string, string])[],
};
