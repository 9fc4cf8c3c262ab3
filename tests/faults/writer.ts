/** A process that writes changes, and says of each when it is committed; the killer ends it wherever it happens to be. */
import { writeSync } from 'node:fs'
import { takeFolder } from '../../main/db/folder.ts'
import { migrate } from '../../main/db/migrate.ts'
import { openDb } from '../../main/db/open.ts'
import { insert, patch } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import type { Ctx } from '../../main/engine/context.ts'
import { uuidV7 } from '../../main/engine/ids.ts'
import { Live } from '../../main/engine/live.ts'
import { inlineReader } from '../../main/engine/reader.ts'
import { party, partyChannel } from '../../main/modules/customers/table.ts'

const folder = process.argv[2]!
const round = Number(process.argv[3])
const owned = takeFolder(folder, 1)
const db = openDb(owned.file)
migrate(db, { versions: { search: 1, sort: 1 } })
const clock = { now: () => Date.now() }
const ctx: Ctx = {
  db,
  clock,
  ids: uuidV7(clock),
  log: { info() {}, error() {} },
  live: new Live(),
  reader: inlineReader(),
  modules: [],
  host: { kind: 'test' },
  folder,
  user: null,
  origin: 'writer',
}

/** Straight to the pipe, so that what was said is never behind what was done. */
const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`)

say({ ready: true })
const known: string[] = []
for (let n = 0; ; n++) {
  const mark = `${round}-${n}`
  if (n % 5 === 4) {
    // A chunk of an import: many rows, one transaction.
    write(ctx, 'imports.run', (tx) => {
      for (let i = 0; i < 300; i++)
        insert(tx, party, { kind: 'person', last_name: `${mark}-${i}`, about: 'متن '.repeat(20) })
    })
    say({ chunk: mark })
  } else if (n % 5 === 3) {
    const id = known[(n * 7) % known.length]!
    write(ctx, 'customers.update', (tx) => patch(tx, party, id, { about: mark }))
    say({ id, about: mark })
  } else {
    const id = write(ctx, 'customers.add', (tx) => {
      const added = insert(tx, party, { kind: 'person', last_name: mark })
      insert(tx, partyChannel, { party_id: added.id, kind: 'phone', type: 'mobile', value: mark })
      return added.id
    })
    known.push(id)
    say({ id, added: mark })
  }
}
