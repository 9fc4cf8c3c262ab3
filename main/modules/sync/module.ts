import type { Module } from '../module.ts'
import { clientOf } from './client-of.ts'
import { syncService } from './service.ts'

/** Several PCs, one book (main/sync). Off, nothing of it runs. */
export const syncModule: Module = {
  name: 'sync',
  tables: [],
  service: syncService,
  opened: (ctx) => {
    // The command line lives too short for it.
    if (ctx.host.kind !== 'cli') clientOf(ctx).start()
  },
  chore: {
    everyMinute: async (ctx) => clientOf(ctx).start(),
    atExit: async (ctx) => clientOf(ctx).stop(),
  },
}
