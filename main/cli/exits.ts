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
  readonly exit: 1 | 2
  /** @param exit 2: there is no book that could be opened */
  constructor(key: string, values: Record<string, unknown> = {}, exit: 1 | 2 = 1) {
    super(key)
    this.key = key
    this.values = values
    this.exit = exit
  }
}
