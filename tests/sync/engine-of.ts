import { createEngine, type Engine } from '../../main/engine/engine.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import type { Device } from './client-world.ts'

/** An engine on the folder of a device of the world, which closes its own connection first. */
export function engineOf(d: Device): { engine: Engine; client: Client } {
  d.ctx.db.close()
  const engine = createEngine({
    folder: d.ctx.folder,
    host: { kind: 'test', sync: d.parts },
    log: d.ctx.log,
    clock: d.ctx.clock,
  })
  return { engine, client: engine.client() }
}
