import { SYNC_CODES, type SyncCode, type SyncState, type SyncStatus } from '../../../shared/contract/sync.ts'
import { SCOPE_HOME } from '../../../shared/sync/scope.ts'
import type { Db } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import { countMet } from '../duplicates/met-pairs.ts'
import { clientOf, partsOf } from './client-of.ts'

/** What the chip and the settings tell. */
export function statusOf(ctx: Ctx): SyncStatus {
  const s = clientOf(ctx).status()
  const met = s.state ? countMet(ctx.db) : 0
  const reused = s.state?.role === 'owner' && (s.state.reused ?? 0) > 0
  const code = (s.stopped ?? s.trouble ?? (s.on && reused ? 'device_reuse' : null)) as SyncCode | null
  const state = ((): SyncState => {
    if (!s.on) return 'off'
    if (s.stopped === 'revoked' || s.stopped === 'reuse') return 'revoked'
    if (s.stopped) return 'attention'
    if (s.offlineSince !== null) return 'offline'
    if (s.trouble) return 'attention'
    // Until an owner has seen it; what goes wrong at this moment is said first.
    if (reused) return 'attention'
    if (s.doing === 'sending' || s.doing === 'receiving') return s.doing
    // The book of the business is not here yet.
    if (s.lastDone === null) return 'receiving'
    if (s.clock !== null) return 'clock'
    // What somebody chooses can wait; that nothing is sent cannot.
    if (s.conflicts > 0 || s.parked > 0 || met > 0) return 'attention'
    return s.waiting > 0 ? 'waiting' : 'sent'
  })()
  return {
    state,
    address: s.state?.address ?? null,
    waiting: s.waiting,
    received: s.received,
    offline_since: s.offlineSince,
    done_at: s.lastDone,
    clock: s.clock,
    code: code === null ? null : SYNC_CODES.includes(code) ? code : 'internal',
    conflicts: s.conflicts,
    parked: s.parked,
    met,
    owner: s.state?.role === 'owner',
    device_id: s.state?.device ?? null,
    user_id: s.state?.user ?? null,
    partial: s.on && isPartial(ctx.db),
    replaced: s.state === null && partsOf(ctx).anchor.read() !== null,
    keys: partsOf(ctx).keys.kind,
  }
}

/** Without the scope in which customers begin. */
const isPartial = (db: Db): boolean =>
  db.prepare('SELECT max(scope = ?) AS home FROM sync_scope').pluck().get(SCOPE_HOME) === 0
