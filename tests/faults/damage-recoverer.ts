/** A process that makes a new book of a damaged one and puts it in its place, and says how far it is; the killer ends it anywhere. */
import { writeSync } from 'node:fs'
import { createEngine } from '../../main/engine/engine.ts'
import type { RecoveryWay } from '../../shared/contract/recovery.ts'

const folder = process.argv[2]!
const way = process.argv[3] as RecoveryWay
const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`)
const engine = createEngine({ folder, host: { kind: 'test' } })
const client = engine.client()
const { trouble } = await client.system.status()
say({ ready: true, trouble: trouble?.code ?? null })
if (trouble) {
  for await (const { phase } of await client.recovery.prepare({ way, owner_name: 'مدیر' })) say({ phase })
  say({ made: true })
  await client.recovery.use({ way })
}
say({ used: true })
engine.close()
