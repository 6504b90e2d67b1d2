/**
 * The shape that another language must have: the same keys, the same arguments, lists of the same length; only the
 * sentences are others. `en/` is what the code imports; the build for a language puts that language's file in its place.
 */
export type Words<Original> = Original extends string
  ? string
  : Original extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof Original]: Words<Original[Key]> };
