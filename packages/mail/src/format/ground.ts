import type { Attributes } from 'sanitize-html';

const BACKGROUND = /(^|;)\s*background\s*:([^;]*)/gi;
const COLOUR = /#[\da-f]{3,8}\b|\b(?:rgb|hsl)a?\([\d\s.,%/]+\)/i;
/** Words of the shorthand that are no colour (CSS Backgrounds 3, 2.10), and what is no word. */
const NO_COLOUR =
  /\b[\w-]+\([^)]*\)?|\b(?:no-repeat|repeat(?:-[xy])?|space|round|center|top|left|right|bottom|cover|contain|auto|scroll|fixed|local|none|(?:border|padding|content)-box|initial|inherit|unset|important)\b|[^a-z\s]\S*/gi;
const WHITE = /^(?:#fff|#ffffff|white|window|transparent|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))$/i;

/** Senders write `background` for the colour alone: as that it stays, since white words stand on it. */
export function withGround(style: string): string {
  return style.replace(BACKGROUND, (_whole, before: string, value: string) => {
    const colour = colourIn(value);
    return colour === null ? before : `${before}background-color:${colour}`;
  });
}

function colourIn(shorthand: string): string | null {
  const [colour] = COLOUR.exec(shorthand) ?? [];
  if (colour !== undefined) return colour;
  return /^[a-z]+$/i.exec(shorthand.replaceAll(NO_COLOUR, ' ').trim())?.[0] ?? null;
}

/**
 * What remains of `<body>`: its ground, and the colour of its words, in an element that the page gives all of the width.
 * Null for one that is white or says nothing.
 */
export function groundOfBody(attributes: Attributes): Attributes | null {
  const style = withGround(attributes['style'] ?? '');
  const inStyle = (property: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${property}\\s*:([^;!]*)`, 'i').exec(style)?.[1]?.trim();
  const ground = inStyle('background-color') ?? attributes['bgcolor']?.trim() ?? '';
  if (ground === '' || WHITE.test(ground)) return null;
  const words = inStyle('color') ?? attributes['text']?.trim() ?? '';
  const colour = words === '' ? '' : `;color:${words}`;
  return { 'data-body': '', style: `background-color:${ground}${colour}` };
}

/** As `sanitiseHtml` writes them: every `<`, `>` and quotation mark within is escaped. */
const TAG = /<[a-z][^<>]*>/g;
const HAS_GROUND = /<[a-z][^<>]*(?:\sbgcolor=|[";]background-color:)/;
const COLOUR_ATTRIBUTE = /\scolor="([^"]*)"/;
const COLOUR_IN_STYLE = /([";])color:([^";]*)(?:;|(?="))/g;
/** Of 255. */
const DARKEST_GREY = 0x44;

/**
 * Black where nothing is said of the ground is no choice: Outlook and Gmail write it into every line. It gives way to the
 * reader's own colour, which is light in the dark.
 */
export function withoutBlack(html: string): string {
  if (HAS_GROUND.test(html)) return html;
  return html.replace(TAG, (tag) =>
    tag
      .replace(COLOUR_ATTRIBUTE, (whole, colour: string) => (isBlack(colour) ? '' : whole))
      .replace(COLOUR_IN_STYLE, (whole, before: string, colour: string) =>
        isBlack(colour) ? before : whole,
      )
      .replace(' style=""', ''),
  );
}

/** Also the dark greys that mail programs take for black. */
function isBlack(colour: string): boolean {
  const written = colour.toLowerCase().replaceAll(/\s/g, '');
  if (/^(?:black|windowtext|canvastext)$/.test(written)) return true;
  const short = /^#([\da-f])\1\1$/.exec(written)?.[1];
  const hex = short === undefined ? /^#([\da-f]{2})\1\1$/.exec(written)?.[1] : short + short;
  const grey = /^rgb\((\d{1,3}),\1,\1\)$/.exec(written)?.[1];
  const value = hex === undefined ? Number(grey ?? Number.NaN) : Number.parseInt(hex, 16);
  return value <= DARKEST_GREY;
}
