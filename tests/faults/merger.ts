/** A process that merges customers and takes merges back, and says of each when it is done; the killer ends it wherever it happens to be. */
import { writeSync } from 'node:fs'
import { createEngine } from '../../main/engine/engine.ts'

const folder = process.argv[2]!
const round = Number(process.argv[3])
const engine = createEngine({ folder, host: { kind: 'test' } })
const client = engine.client()
if (!(await client.system.status()).set_up) {
  await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
}
/** Straight to the pipe, so that what was said is never behind what was done. */
const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`)
const firm = (await client.customers.add({ kind: 'company', company_name: `شرکت ${round}` })).id
const tag = (await client.customers.tags.add({ name: `برچسب ${round}`, kind: 'tag', color: null })).id

say({ ready: true })
for (let n = 0; ; n++) {
  const ids: string[] = []
  for (const part of [0, 1, 2]) {
    const phone = `09${String(100_000_000 + round * 10_000_000 + n * 3 + part)}`
    const { id } = await client.customers.add({
      kind: 'person',
      last_name: `مشتری ${round}-${n}-${part}`,
      channels: [{ kind: 'phone', type: 'mobile', value: phone }],
      links: [{ kind: 'works_at', role: null, outgoing: true, other_id: firm }],
      ...(part === 1 && { tag_ids: [tag], about: 'متن' }),
    })
    for (let i = 0; i < 5; i++)
      await client.activities.log({ activity: { kind: 'note', party_ids: [id], body: `یادداشت ${i}` } })
    ids.push(id)
  }
  const [survivor = '', ...others] = ids
  say({ began: ids })
  const { change } = await client.customers.merge({ survivor, others })
  say({ merged: ids })
  if (n % 3 === 2 && change !== null) {
    await client.history.undo({ change })
    say({ undone: ids })
  }
}
