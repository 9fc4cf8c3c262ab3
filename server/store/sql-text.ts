/** One question, parameters as text or numbers; arrays are written as literals and cast, so that both drivers do the same. */
export type Query = <R>(text: string, params?: readonly unknown[]) => Promise<R[]>

/** An array as PostgreSQL reads it; for numbers and ids, which need no quotes. */
export const array = (items: readonly (number | string)[]): string => `{${items.join(',')}}`

const SEPARATOR = '\u0001'
/** Texts without U+0001 (JSON writes it as an escape) as one text; `TEXTS(n)` takes it apart again. Quoting an array literal costs more. */
export const texts = (items: readonly string[]): string => items.join(SEPARATOR)
export const TEXTS = (n: number): string => `string_to_array($${n}, chr(1))`
