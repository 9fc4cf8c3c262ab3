/** Parameters are texts or numbers; arrays are written as literals and cast, so that both drivers do the same. */
export interface Statement {
  readonly text: string
  readonly params: readonly unknown[]
}
/** Asked now. */
export type Query = <R>(text: string, params?: readonly unknown[]) => Promise<R[]>
/** Goes along with the next question, or with the commit. An error comes out there; the promise is for who wants the rows. */
export type Later = <R>(text: string, params?: readonly unknown[]) => Promise<R[]>

/** An array as PostgreSQL reads it; for numbers and ids, which need no quotes. */
export const array = (items: readonly (number | string)[]): string => `{${items.join(',')}}`

const SEPARATOR = '\u0001'
/** Texts without U+0001 (JSON writes it as an escape) as one text; `TEXTS(n)` takes it apart again. Quoting an array literal costs more. */
export const texts = (items: readonly string[]): string => items.join(SEPARATOR)
export const TEXTS = (n: number): string => `string_to_array($${n}, chr(1))`
