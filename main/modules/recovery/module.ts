import type { Module } from '../module.ts'
import { dropPrepared } from './prepared.ts'
import { recoveryService } from './service.ts'

/** Owns no table: it makes new books of damaged ones. */
export const recoveryModule: Module = {
  name: 'recovery',
  tables: [],
  service: recoveryService,
  // Once a book is open, what was made ready in place of it is worth nothing any more.
  opened: (ctx) => dropPrepared(ctx.folder),
}
