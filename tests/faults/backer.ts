/** A process that adds customers and backs up, restores or migrates between them, telling of each step; the killer ends it wherever it happens to be. */
import { writeSync } from 'node:fs'
import { takeFolder } from '../../main/db/folder.ts'
import { migrate } from '../../main/db/migrate.ts'
import { openDb } from '../../main/db/open.ts'
import { createEngine } from '../../main/engine/engine.ts'

/** One line a step. `adding` is said before, so that what was done and not yet told is known for what it is. */
export interface Said {
  ready?: true
  added?: string
  backed?: string
  restoring?: string
  restored?: string
  migrated?: number
}

const [folder, mode, round, steps] = process.argv.slice(2) as [string, string, string, string?]
/** Straight to the pipe, so that what was said is never behind what was done. */
const say = (line: Said) => writeSync(1, `${JSON.stringify(line)}\n`)

if (mode === 'migrate') {
  const owned = takeFolder(folder, 1)
  const db = openDb(owned.file)
  say({ ready: true })
  say({ migrated: migrate(db, { dir: steps!, versions: { search: 1, sort: 1 }, now: Date.now() }).to })
  db.close()
  owned.release()
} else {
  const engine = createEngine({ folder, host: { kind: 'test' } })
  const client = engine.client()
  const [first] = await client.backups.list({})
  say({ ready: true })
  for (let n = 0; ; n++) {
    const name = `${round}-${n}`
    await client.customers.add({ kind: 'person', last_name: name })
    say({ added: name })
    if (mode === 'restore') say({ restoring: name })
    const run = mode === 'restore' ? client.backups.restore({ file: first!.file }) : client.backups.run({})
    for await (const step of await run) {
      if (step.step === 'done') say(mode === 'restore' ? { restored: name } : { backed: step.files[0]! })
    }
  }
}
