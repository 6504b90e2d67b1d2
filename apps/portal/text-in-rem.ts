import type { Plugin } from 'postcss';

/** Sizes of text, and what has to grow with it. */
const GROWING = /^(font|font-size|line-height|letter-spacing|--type-.*)$/;
const PIXELS_PER_REM = 16;

/**
 * Sizes of text are written in pixels, as they are designed, and leave the build in rem: a person who has set larger text
 * in the browser gets it everywhere (WCAG 2.2 1.4.4).
 */
export function textInRem(): Plugin {
  return {
    postcssPlugin: 'text-in-rem',
    Declaration(declaration) {
      if (!GROWING.test(declaration.prop)) return;
      declaration.value = declaration.value.replaceAll(
        /\b(\d+(?:\.\d+)?)px\b/g,
        (_, pixels: string) => `${Number(pixels) / PIXELS_PER_REM}rem`,
      );
    },
  };
}
