/** A process that imports a file (or goes on with it) and says how far it is; the killer ends it wherever it happens to be. */
import { readFileSync, writeSync } from 'node:fs'
import { createEngine } from '../../main/engine/engine.ts'

const folder = process.argv[2]!
const file = process.argv[3]!
const engine = createEngine({ folder, host: { kind: 'test' } })
const client = engine.client()
if (!(await client.system.status()).set_up) {
  await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
}
const known = (await client.imports.list())[0]
const id = known?.id ?? (await client.imports.stage({ file: new File([readFileSync(file)], 'people.csv') })).id
writeSync(1, `${JSON.stringify({ ready: true, state: known?.state ?? 'staged' })}\n`)
for await (const progress of await client.imports.run({ id })) writeSync(1, `${JSON.stringify(progress)}\n`)
engine.close()
