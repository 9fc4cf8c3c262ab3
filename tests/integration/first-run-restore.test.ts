import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findCopies } from '../../main/modules/setup/copies.ts'
import type { BackupProgress } from '../../shared/contract/backups.ts'
import { testClock } from '../support/ctx.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'

const clock = testClock()
let stick: string
/** A copy of a book of one customer, made elsewhere. */
let copy: string
/** A new PC. */
let engine: TestEngine

async function last(steps: AsyncIterable<BackupProgress>): Promise<BackupProgress | null> {
  let end: BackupProgress | null = null
  for await (const step of steps) end = step
  return end
}
const failure = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { code: string; data: unknown }) => ({ code: error.code, data: error.data }),
  )
const restore = (file: string, of = engine) => of.client().setup.restore({ file }).then(last)

beforeEach(async () => {
  stick = mkdtempSync(join(tmpdir(), 'daftar-stick-'))
  const old = testEngine({ clock })
  const api = old.client()
  await api.setup.start(firstRun)
  await api.customers.add({ kind: 'person', last_name: 'کریمی' })
  const made = (await last(await api.backups.run({})))!.files[0]!
  copy = join(stick, made.split('/').at(-1)!)
  cpSync(made, copy)
  old.remove()
  engine = testEngine({ clock })
})
afterEach(() => {
  engine.remove()
  rmSync(stick, { recursive: true, force: true })
})

describe('a book that was not begun', () => {
  test('is taken by a copy whose book is gone, with nobody signed in; then it is that book, whole', async () => {
    mkdirSync(join(engine.folder, 'backups'))
    cpSync(copy, join(engine.folder, 'backups', copy.split('/').at(-1)!))
    const api = engine.client()
    const [found, ...more] = await api.setup.copies({})
    expect(more).toEqual([])
    expect(found).toMatchObject({ at: clock.now(), business: firstRun.business_name, customers: 1, checked: true })
    const end = await restore(found!.file)
    // Nothing was ever written in the one that went: it leaves neither a copy nor a kept file.
    expect(end).toMatchObject({ step: 'done', files: [] })
    expect(readdirSync(join(engine.folder, 'backups'))).toHaveLength(1)
    expect(existsSync(join(engine.folder, 'kept'))).toBe(true)
    expect(readdirSync(join(engine.folder, 'kept'))).toEqual([])
    const status = await api.system.status()
    expect(status).toMatchObject({ set_up: true, user: { name: firstRun.owner_name, role: 'owner' } })
    expect((await api.system.data()).customers).toBe(1)
    expect((await api.system.check()).problems).toEqual([])
    // The copy holds what the book holds: no other is needed yet.
    expect(await api.backups.status()).toMatchObject({ newest: clock.now(), changes: 0, attention: [] })
  })

  test('finds copies on a stick, in a folder of it and in the data folder somebody put there; one that is the same is told once', async () => {
    const name = copy.split('/').at(-1)!
    for (const folder of ['Daftar', join('دفتر من', 'backups')]) {
      mkdirSync(join(stick, folder), { recursive: true })
      cpSync(copy, join(stick, folder, name))
    }
    rmSync(copy)
    const places = [{ path: stick, name: 'stick' }]
    expect(await findCopies(engine.ctx(), places)).toHaveLength(1)
    rmSync(join(stick, 'Daftar'), { recursive: true })
    expect(await findCopies(engine.ctx(), places)).toMatchObject([
      { customers: 1, folder: join(stick, 'دفتر من/backups') },
    ])
    // What nobody can use is not offered.
    truncateSync(join(stick, 'دفتر من', 'backups', name), 20_000)
    expect(await findCopies(engine.ctx(), places)).toEqual([])
  })

  test('takes the path of a folder or of a file; what is wrong with it is named and changes nothing', async () => {
    const api = engine.client()
    const wrong = join(stick, 'list.xlsx')
    writeFileSync(wrong, 'متن '.repeat(5000))
    expect(await api.setup.copies({ place: stick })).toMatchObject([{ file: copy }])
    expect(await api.setup.copies({ place: ` "${copy}" ` })).toMatchObject([{ file: copy }])
    const bad = (why: string) => ({ code: 'BAD_COPY', data: { why } })
    expect(await failure(api.setup.copies({ place: join(stick, 'none') }))).toEqual(bad('missing'))
    expect(await failure(api.setup.copies({ place: wrong }))).toEqual(bad('not_a_book'))
    expect(await failure(restore(wrong))).toEqual(bad('not_a_book'))
    expect(await failure(restore(join(stick, 'none')))).toEqual(bad('missing'))
    expect(await api.system.status()).toMatchObject({ set_up: false, trouble: null })
    await api.setup.start(firstRun)
  })
})

test('from the first user on nobody may: not a second window that asks late, not when nobody is signed in', async () => {
  const closed = testEngine({ clock, signIn: () => null })
  try {
    // Asked for before and begun after the other window was through.
    const late = await engine.client('late').setup.restore({ file: copy })
    await engine.client().setup.start(firstRun)
    const refused = { code: 'ALREADY_SET_UP', data: undefined }
    expect(await failure(last(late))).toMatchObject(refused)
    expect(await failure(engine.client().setup.copies({}))).toMatchObject(refused)
    expect(await failure(restore(copy))).toMatchObject(refused)
    expect((await engine.client().system.data()).customers).toBe(0)

    await closed.client().setup.start(firstRun)
    expect(await failure(closed.client().setup.copies({ place: stick }))).toMatchObject(refused)
    expect(await failure(restore(copy, closed))).toMatchObject(refused)
    expect(await failure(closed.client().backups.restore({ file: copy }).then(last))).toMatchObject({
      code: 'NOT_SET_UP',
    })
  } finally {
    closed.remove()
  }
})
