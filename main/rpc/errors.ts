import { ORPCError } from '@orpc/server'

/** A refusal the contract names: `code` is one of the procedure's errors and the i18n key of the sentence. Never carries a sentence itself. */
export function fail(code: string, data?: unknown): never {
  throw new ORPCError<string, unknown>(code, { data })
}
