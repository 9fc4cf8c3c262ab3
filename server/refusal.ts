import type { ErrorCode } from '../shared/sync/protocol.ts'
import type { ErrorReply } from '../shared/sync/wire.ts'

/** A request that is not done; what is thrown inside a transaction undoes it. */
export class Refusal extends Error {
  readonly reply: ErrorReply
  constructor(error: ErrorCode, more: Omit<ErrorReply, 'error'> = {}) {
    super(error)
    this.reply = { error, ...more }
  }
}
