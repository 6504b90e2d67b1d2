/** One quiet style sheet for the page, light and dark by the reader's setting. */
export const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d9dce1, #3a3f47); --soft: light-dark(#5b626d, #a2a9b4); --accent: light-dark(#1d5fa8, #8ab8f0); }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#fbfbfa, #16181b); color: light-dark(#1c1f23, #e7e9ec); }
header, main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 1px solid var(--line); } header span { color: var(--soft); }
a { color: var(--accent); } h1 { font-size: 1.5rem; } h2 { font-size: 1.125rem; margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; } th, td { text-align: start; padding: .375rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 500; } .unread a { font-weight: 600; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; }
.choices { display: flex; flex-wrap: wrap; gap: .5rem; }
button { font: inherit; min-height: 44px; padding: .25rem .875rem; border: 1px solid var(--line); border-radius: 6px; background: transparent; color: inherit; cursor: pointer; }
button[aria-pressed=true] { border-color: var(--accent); color: var(--accent); }
`;
