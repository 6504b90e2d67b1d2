import { groundOfBody, withGround, withoutBlack } from './ground.ts';
import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html';

export interface SanitisedHtml {
  readonly html: string;
  /** Something was to be loaded from elsewhere: a tracking pixel, a picture, a style sheet. */
  readonly hasRemoteContent: boolean;
  /** Pictures nobody can see, taken out: they only tell that the message was opened. */
  readonly trackers: number;
}

const TAGS = words(`
  a abbr address article aside b bdi bdo big blockquote br caption center cite code col
  colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6
  header hr i img ins kbd li main mark ol p pre q rp rt ruby s samp section small span strike
  strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
`);
/** Their text is not content. */
export const WITHOUT_TEXT = words(`
  script style textarea option title noscript template iframe object svg math xmp noembed
  noframes plaintext select applet audio video
`);
const LAYOUT = [
  'align',
  'valign',
  'width',
  'height',
  'bgcolor',
  'dir',
  'lang',
  'title',
  'style',
  'data-quote',
  'data-body',
];
const TABLE = ['border', 'cellpadding', 'cellspacing', 'colspan', 'rowspan', 'nowrap', 'span'];
const LINK_SCHEMES = ['http', 'https', 'mailto', 'tel'];
const STYLE_PROPERTIES = words(`
  background-color border border-bottom border-collapse border-color border-left border-radius
  border-right border-spacing border-style border-top border-width color direction display font
  font-family font-size font-style font-weight height letter-spacing line-height
  list-style-type margin margin-bottom margin-left margin-right margin-top max-width min-width
  padding padding-bottom padding-left padding-right padding-top text-align text-decoration
  text-indent text-transform vertical-align white-space width word-break word-wrap
`);
/** Words, numbers, colours and commas; functions only those that compute a colour. Escapes and url() never match. */
const STYLE_VALUE = /^(?:[\w\s.,#%'"!+-]|(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]+\)){1,200}$/i;
/** Elements nested deeper are dropped. */
export const NESTING_LIMIT = 100;
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;
/** What browsers take out of an address before they read it (WHATWG URL, 4.4). */
// oxlint-disable-next-line no-control-regex
export const IGNORED_IN_LINKS = /^[\u0000-\u0020]+|[\u0000-\u0020]+$|[\t\n\r]+/g;
/** In place of a picture that is taken out: no element that may stay. */
const UNSEEN = 'unseen';
/** Sides of a picture that nobody sees. Unit: px. */
const LARGEST_UNSEEN = 2;
const REMOTE = /^(?:https?:)?\/\//i;
const REMOTE_IN_STYLE = /url\s*\(|@import|image-set|src\s*\(/i;
const SAFE_DATA_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i;
/** What only mattered because it loads something from elsewhere. */
const LOADING_TAGS = new Set([
  'link',
  'iframe',
  'frame',
  'embed',
  'object',
  'video',
  'audio',
  'source',
]);

/**
 * HTML of a stranger, for a reader's page: no script, no forms, no frames, nothing that loads by itself. Remote pictures
 * keep their address in `data-blocked-src`, pictures of the message theirs in `data-cid`; the page decides what to
 * load. This is the first of three walls: the browser sanitises again and shows it in a sandboxed frame.
 */
export function sanitiseHtml(html: string): SanitisedHtml {
  let trackers = 0;
  let hasRemoteContent = REMOTE_IN_STYLE.test(html) && /<style|style\s*=/i.test(html);
  function inspect(tagName: string, written: Attributes): Tag {
    const attributes = withOwnGround(written);
    const loads = [attributes['background'], attributes['poster'], attributes['srcset']];
    if (loads.some((value) => value !== undefined && value !== '')) hasRemoteContent = true;
    if (LOADING_TAGS.has(tagName)) {
      const from = attributes['src'] ?? attributes['href'] ?? attributes['data'] ?? '';
      if (from.trim() !== '') hasRemoteContent = true;
    }
    if (tagName === 'img') {
      const attribs = imageAttributes(attributes);
      if (attribs['data-blocked-src'] !== undefined && isUnseen(attributes)) {
        trackers += 1;
        return { tagName: UNSEEN, attribs: {} };
      }
      if (attribs['data-blocked-src'] !== undefined) hasRemoteContent = true;
      return { tagName, attribs };
    }
    if (tagName === 'a') return { tagName, attribs: linkAttributes(attributes) };
    const ground = tagName === 'body' ? groundOfBody(attributes) : null;
    if (ground !== null) return { tagName: 'div', attribs: ground };
    return { tagName, attribs: withQuoteMark(tagName, attributes) };
  }
  const options: IOptions = {
    allowedTags: TAGS,
    nonTextTags: WITHOUT_TEXT,
    disallowedTagsMode: 'discard',
    allowedAttributes: {
      '*': LAYOUT,
      a: ['href', 'rel', 'target'],
      img: ['src', 'alt', 'border', 'hspace', 'vspace', 'data-cid', 'data-blocked-src'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
      ul: ['type'],
      table: TABLE,
      td: TABLE,
      th: TABLE,
      col: TABLE,
      colgroup: TABLE,
    },
    allowedSchemes: LINK_SCHEMES,
    allowedSchemesByTag: { img: ['data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    allowedStyles: {
      '*': Object.fromEntries(STYLE_PROPERTIES.map((property) => [property, [STYLE_VALUE]])),
    },
    nestingLimit: NESTING_LIMIT,
    transformTags: { '*': inspect },
  };
  const clean = sanitizeHtml(html, options);
  return { html: withoutBlack(clean), hasRemoteContent, trackers };
}

function withOwnGround(attributes: Attributes): Attributes {
  const { style } = attributes;
  return style === undefined ? attributes : { ...attributes, style: withGround(style) };
}

/** Gmail, Yahoo, Thunderbird and Apple Mail put what they quote into one element. */
const QUOTE_CLASS = /(?:^|\s)(?:gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote)(?:\s|$)/;
/** Outlook writes a line, and everything below it is quoted. */
const QUOTE_BELOW = /^(?:x_)*(?:divRplyFwdMsg|appendonsend|ms-outlook-mobile-reference-message)$/i;
const OUTLOOK_LINE = /border-top:\s*solid\s+#(?:e1e1e1|b5c4df)/i;

/** `block`: this is a quotation; `rest`: this and all that follows. The page folds it. */
function withQuoteMark(tagName: string, attributes: Attributes): Attributes {
  const { 'data-quote': _quote, 'data-body': _body, ...rest } = attributes;
  if (tagName !== 'div' && tagName !== 'blockquote') return rest;
  const isLine = tagName === 'div' && OUTLOOK_LINE.test(attributes['style'] ?? '');
  if (isLine || QUOTE_BELOW.test(attributes['id'] ?? '')) return { ...rest, 'data-quote': 'rest' };
  const isBlock =
    QUOTE_CLASS.test(attributes['class'] ?? '') ||
    (tagName === 'blockquote' && attributes['type'] === 'cite');
  return isBlock ? { ...rest, 'data-quote': 'block' } : rest;
}

/** As tracking pixels are written: a pixel or two, or hidden. */
function isUnseen(attributes: Attributes): boolean {
  const style = attributes['style'] ?? '';
  if (
    /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$))/i.test(
      style,
    )
  )
    return true;
  return ['width', 'height'].some((side) => {
    const inStyle = new RegExp(
      `(?:^|;)\\s*(?:max-)?${side}\\s*:\\s*([\\d.]+)(?:px)?\\s*(?:!|;|$)`,
      'i',
    );
    const length =
      inStyle.exec(style)?.[1] ?? /^\s*([\d.]+)(?:px)?\s*$/.exec(attributes[side] ?? '')?.[1];
    return length !== undefined && Number(length) <= LARGEST_UNSEEN;
  });
}

/** Made anew: what the sender wrote into our own attributes must not come through. */
function imageAttributes(attributes: Attributes): Attributes {
  const kept: Attributes = {};
  for (const name of [...LAYOUT, 'alt', 'border', 'hspace', 'vspace']) {
    const value = attributes[name];
    if (value !== undefined) kept[name] = value;
  }
  const source = (attributes['src'] ?? '').trim();
  if (/^cid:/i.test(source)) kept['data-cid'] = source.slice(4).replace(/^<|>$/g, '');
  else if (SAFE_DATA_IMAGE.test(source)) kept['src'] = source;
  else if (REMOTE.test(source)) {
    kept['data-blocked-src'] = source.startsWith('//') ? `https:${source}` : source;
  }
  return kept;
}

/** What is relative to a message would be relative to this page: no link of a sender's leads there. */
function linkAttributes(attributes: Attributes): Attributes {
  const { rel: _rel, target: _target, href = '', ...rest } = attributes;
  const link = href.replace(IGNORED_IN_LINKS, '');
  if (!LINK.test(link)) return rest;
  return { ...rest, href: link, rel: 'noopener noreferrer', target: '_blank' };
}

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
