import { statSync } from 'node:fs'
import type { system } from '../../../shared/contract/system.ts'
import { readMeta } from '../../db/migrate.ts'
import type { Service } from '../../rpc/service.ts'
import { checkJob, count } from './check.ts'
import { follow } from './follow.ts'

/** The file and what SQLite keeps beside it. */
const bytesOf = (file: string): number =>
  ['', '-wal', '-shm'].reduce((sum, end) => sum + (statSync(file + end, { throwIfNoEntry: false })?.size ?? 0), 0)

export const systemService: Omit<Service<typeof system>, 'status' | 'retry'> = {
  ping: (ctx) => ({ at: ctx.clock.now() }),
  live: (ctx, _, { signal }) => follow(ctx.live, signal),
  check: (ctx, _, { signal }) => ctx.reader.run(checkJob(ctx.modules), { file: ctx.db.file }, { signal }),
  data: (ctx) => ({
    folder: ctx.folder,
    file: ctx.db.file,
    bytes: bytesOf(ctx.db.file),
    customers: count(ctx, 'party'),
    changes: count(ctx, 'change_tx'),
    device_id: readMeta(ctx.db, 'device') ?? '',
  }),
  openFolder: async (ctx) => ({ opened: (await ctx.host.openFolder?.(ctx.folder)) ?? false }),
}
