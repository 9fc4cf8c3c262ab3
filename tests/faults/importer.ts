/** A process that imports a file (or goes on with it), or takes it back, and says how far it is; the killer ends it wherever it happens to be. */
import { readFileSync, writeSync } from 'node:fs'
import { createEngine } from '../../main/engine/engine.ts'

const folder = process.argv[2]!
const file = process.argv[3]!
const does = process.argv[4]! as 'run' | 'undo'
const engine = createEngine({ folder, host: { kind: 'test' } })
const client = engine.client()
if (!(await client.system.status()).set_up) {
  await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
  // Some of the file are there already: they get an e-mail they lack.
  for (const value of process.argv.slice(5)) {
    const channels = [{ kind: 'phone' as const, type: 'mobile' as const, value }]
    await client.customers.add({ kind: 'person', last_name: `قدیمی ${value}`, channels })
  }
}
const say = (word: object) => writeSync(1, `${JSON.stringify(word)}\n`)
const known = (await client.imports.list())[0]
const id = known?.id ?? (await client.imports.stage({ file: new File([readFileSync(file)], 'people.csv') })).id
say({ ready: true, state: known?.state ?? 'staged' })
if (does === 'run') for await (const progress of await client.imports.run({ id, on_duplicate: 'fill' })) say(progress)
else {
  await client.imports.undo({ id })
  say({ state: 'undone' })
}
engine.close()
