import { Busy, Full } from './store.ts'

/** PostgreSQL's codes: lock not available, deadlock, serialization, too many connections, cannot connect, shutting down. */
const BUSY = /^(55P03|40P01|40001|53300|57P0[1-3]|57014|08...)$/
const FULL = /^(53100|53200)$/
const NETWORK = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/

export function told(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: string }
  if (typeof code === 'string') {
    if (BUSY.test(code) || NETWORK.test(code)) return new Busy(message)
    if (FULL.test(code) || code === 'ENOSPC') return new Full(message)
  }
  // pg says these two without a code.
  if (/Connection terminated|timeout exceeded when trying to connect/.test(message ?? '')) return new Busy(message)
  return error
}
