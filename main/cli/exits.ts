import type { Trouble } from '../../shared/contract/system.ts'

/** The book cannot be opened; the sentence is trouble:<code>. */
export class TroubleExit extends Error {
  readonly trouble: Trouble
  constructor(trouble: Trouble) {
    super(trouble.code)
    this.trouble = trouble
  }
}

/** A sentence of cli.json instead of a result. */
export class CliError extends Error {
  readonly key: string
  readonly values: Record<string, unknown>
  constructor(key: string, values: Record<string, unknown> = {}) {
    super(key)
    this.key = key
    this.values = values
  }
}
