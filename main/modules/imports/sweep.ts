import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx } from '../../engine/context.ts'

/** Whoever is still sending a file, or fetching a report, has begun later than this. */
const HOUR_MS = 3_600_000
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/

/** Removes what a crash, or a program that held a file, has left of imports that are over or never came to be. Never fails. */
export function sweepImports(ctx: Ctx): void {
  const folder = join(ctx.folder, 'imports')
  try {
    for (const name of readdirSync(folder)) {
      const id = UUID.exec(name)?.[0]
      if (!id || Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) > ctx.clock.now() - HOUR_MS) continue
      const open = "SELECT 1 FROM batch WHERE id = ? AND state IN ('staged', 'running', 'interrupted', 'cancelled')"
      if (ctx.db.prepare(open).get(id) === undefined) rmSync(join(folder, name), { recursive: true, force: true })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') ctx.log.error('imports.sweep', error)
  }
}
