import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EngineOptions } from '../../main/engine/engine.ts'
import { inlineReader, type Reader } from '../../main/engine/reader.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'

let folder: string
let file: string
const engines: TestEngine[] = []
const start = (options: Partial<EngineOptions> = {}) => {
  const engine = testEngine({ folder, ...options })
  engines.push(engine)
  return engine
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftar-known-'))
  file = join(folder, 'daftar.db')
})
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A begun book whose index `name` is torn, while it is open. Gives what the file was before. */
async function tear(engine: TestEngine, name: string): Promise<Buffer> {
  await engine.client().setup.start(firstRun)
  const { raw } = engine.ctx().db
  raw.pragma('wal_checkpoint(TRUNCATE)')
  const root = raw.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number
  const whole = readFileSync(file)
  const torn = Buffer.from(whole)
  torn.fill(0xff, (root - 1) * 4096, root * 4096)
  writeFileSync(file, torn)
  return whole
}
const code = (engine: TestEngine) => engine.status().trouble?.code ?? null

it('damage that a check found is still known after a clean end, and nothing is written', async () => {
  const first = start()
  await tear(first, 'party_by_city')
  expect((await first.client().system.check()).ok).toBe(false)
  expect(code(first)).toBe('DAMAGED')
  const torn = readFileSync(file)
  first.close()
  const second = start()
  expect(code(second)).toBe('DAMAGED')
  expect(await second.client().recovery.state()).toMatchObject({ file })
  await expect(second.client().customers.add({ kind: 'person', last_name: 'کریمی' })).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
  })
  expect((await second.client().system.retry()).trouble?.code).toBe('DAMAGED')
  expect(readFileSync(file).equals(torn)).toBe(true)
})

it('a backup that meets it leads there too', async () => {
  const engine = start()
  await tear(engine, 'party')
  const run = async () => {
    for await (const _ of await engine.client().backups.run({}));
  }
  await run().catch(() => {})
  await expect.poll(() => code(engine)).toBe('DAMAGED')
})

it('another try looks again, and forgets what is not there any more', async () => {
  const engine = start()
  const whole = await tear(engine, 'party_by_city')
  await engine.client().system.check()
  const { atime, mtime } = statSync(file)
  writeFileSync(file, whole)
  utimesSync(file, atime, mtime)
  expect((await engine.client().system.retry()).trouble).toBeNull()
  expect(existsSync(join(folder, 'daftar.damaged'))).toBe(false)
})

it('another file in its place is opened, and looked at', async () => {
  const first = start()
  const whole = await tear(first, 'party_by_city')
  await first.client().system.check()
  first.close()
  writeFileSync(file, whole)
  utimesSync(file, 1, 1)
  const looks: string[] = []
  const reader: Reader = {
    run: (job, input, options) => {
      looks.push(job.name)
      return inlineReader().run(job, input, options)
    },
  }
  const second = start({ examines: true, reader })
  expect(code(second)).toBeNull()
  await expect.poll(() => existsSync(join(folder, 'daftar.damaged'))).toBe(false)
  expect(looks).toContain('quickCheck')
})

it('a book that is closed while it is being looked at is looked at again at the next start', async () => {
  const first = start()
  await tear(first, 'party_by_city')
  first.ctx().db.raw.exec("UPDATE meta SET value = '0' WHERE key = 'clean_shutdown'")
  first.ctx().suspectFile?.()
  first.close()
  const second = start({ examines: true })
  await expect.poll(() => code(second)).toBe('DAMAGED')
})
