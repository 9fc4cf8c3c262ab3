import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listCopies } from '../../main/db/backup-list.ts'
import { verifyCopy } from '../../main/db/backup-verify.ts'
import { newestSchema } from '../../main/db/migrate.ts'
import { insert } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { createEngine } from '../../main/engine/engine.ts'
import { party } from '../../main/modules/customers/table.ts'
import type { Said } from './backer.ts'

/** `npm run soak` asks for more. */
const ROUNDS = Number(process.env['DAFTAR_BACKUP_KILL_ROUNDS'] ?? 3)
const BACKER = fileURLToPath(new URL('./backer.ts', import.meta.url))
const SHIPPED = fileURLToPath(new URL('../../main/db/migrations', import.meta.url))
const PEOPLE = 1200

let base: string
let template: string
/** A book with enough in it that copying takes a while, and one copy of it. */
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'daftar-backup-kill-'))
  template = join(base, 'template')
  const engine = createEngine({ folder: template, host: { kind: 'test' } })
  const client = engine.client()
  await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
  write(engine.ctx(), 'imports.run', (tx) => {
    for (let i = 0; i < PEOPLE; i++)
      insert(tx, party, { kind: 'person', last_name: `م ${i}`, about: 'متن '.repeat(60) })
  })
  for (const module of engine.ctx().modules) module.rederiveAll?.(engine.ctx())
  for await (const _ of await client.backups.run({}));
  engine.close()
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

/**
 * Lets the backer work for `ms` after it is ready, kills it, and gives what it said. Null instead of a number: until a quarter of a
 * second after it has acknowledged a change, however slow the machine is.
 */
async function workAndKill(folder: string, ms: number | null, ...more: string[]): Promise<Said[]> {
  const child = spawn(process.execPath, [BACKER, folder, ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const ended = once(child, 'close')
  const awaited = ms === null ? '"added"' : '"ready"'
  while (!text.includes(awaited) && child.exitCode === null) await pause(2)
  await pause(ms ?? 250)
  child.kill('SIGKILL')
  await ended
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said)
}

const namesIn = (file: string): Set<string> => {
  const raw = new Database(file, { readonly: true })
  try {
    return new Set(raw.prepare("SELECT last_name FROM party WHERE last_name NOT LIKE 'م %'").pluck().all() as string[])
  } finally {
    raw.close()
  }
}

/** Opens as a start would, `check` is clean, and every copy that has a name is whole. */
async function expectSound(folder: string): Promise<{ names: Set<string>; copies: string[] }> {
  const engine = createEngine({ folder, host: { kind: 'test' } })
  try {
    expect(engine.status().trouble).toBeNull()
    expect((await engine.client().system.check()).problems).toEqual([])
    expect(engine.ctx().db.prepare("SELECT count(*) AS n FROM party WHERE last_name LIKE 'م %'").get()).toEqual({
      n: PEOPLE,
    })
  } finally {
    engine.close()
  }
  const copies = listCopies([join(folder, 'backups')]).map(({ path }) => path)
  for (const copy of copies) verifyCopy(copy)
  return { names: namesIn(join(folder, 'daftar.db')), copies }
}

test(
  `killed ${ROUNDS} times while it makes backups, the book has every acknowledged change and no half copy has a name`,
  async () => {
    const folder = join(base, 'backing')
    cpSync(template, folder, { recursive: true })
    const added = new Set<string>()
    const moments = [...fc.sample(fc.integer({ min: 0, max: 500 }), ROUNDS - 1), null]
    for (const [round, ms] of moments.entries()) {
      const said = await workAndKill(folder, ms, 'backup', String(round))
      for (const line of said) if (line.added) added.add(line.added)
      const { names, copies } = await expectSound(folder)
      expect([...added].filter((name) => !names.has(name))).toEqual([])
      for (const { backed } of said) if (backed) expect(copies).toContain(backed)
      // So that a long soak does not grow without end; the first is what a restore would begin from.
      for (const copy of copies.slice(0, -1)) rmSync(copy)
    }
    expect(added.size).toBeGreaterThan(0)
  },
  ROUNDS * 20_000,
)

test(
  `killed ${ROUNDS} times while it restores, the book is the old or the restored one, and nothing acknowledged is in neither it nor a copy`,
  async () => {
    const folder = join(base, 'restoring')
    cpSync(template, folder, { recursive: true })
    let told = 0
    const moments = [...fc.sample(fc.integer({ min: 0, max: 900 }), ROUNDS - 1), null]
    for (const [round, ms] of moments.entries()) {
      const said = await workAndKill(folder, ms, 'restore', String(round))
      const { names, copies } = await expectSound(folder)
      const copied = new Set(copies.flatMap((copy) => [...namesIn(copy)]))
      const begun = new Set(said.flatMap(({ restoring }) => restoring ?? []))
      const done = new Set(said.flatMap((line) => line.restored ?? []))
      for (const { added } of said) {
        if (!added) continue
        told++
        if (done.has(added)) {
          expect(names.has(added), added).toBe(false)
          expect(copied.has(added), added).toBe(true)
        } else if (begun.has(added)) expect(names.has(added) || copied.has(added), added).toBe(true)
        else expect(names.has(added), added).toBe(true)
      }
      for (const copy of copies.slice(0, -1)) rmSync(copy)
    }
    expect(told).toBeGreaterThan(0)
  },
  ROUNDS * 20_000,
)

test(
  `killed ${ROUNDS} times while it migrates, the book is of the old or the new version with all that was in it`,
  async () => {
    const steps = join(base, 'steps')
    cpSync(SHIPPED, steps, { recursive: true })
    const old = newestSchema()
    const later = `ALTER TABLE party ADD COLUMN nickname TEXT;
      UPDATE party SET nickname = last_name || about;
      CREATE INDEX party_nickname ON party (nickname);`
    writeFileSync(join(steps, `${String(old + 1).padStart(4, '0')}_later.sql`), later)
    for (const [round, ms] of fc.sample(fc.integer({ min: 0, max: 250 }), ROUNDS).entries()) {
      const folder = join(base, `migrating-${round}`)
      mkdirSync(folder)
      cpSync(join(template, 'daftar.db'), join(folder, 'daftar.db'))
      const said = await workAndKill(folder, ms, 'migrate', String(round), steps)
      const raw = new Database(join(folder, 'daftar.db'))
      const version = raw.pragma('user_version', { simple: true })
      expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(raw.prepare('SELECT count(*) FROM party').pluck().get()).toBe(PEOPLE)
      raw.close()
      const copies = listCopies([join(folder, 'backups')])
      for (const { path } of copies) expect(verifyCopy(path).schema).toBe(old)
      if (said.some(({ migrated }) => migrated)) expect(version).toBe(old + 1)
      // An old book opens in the old version as if nothing had been tried; a new one has the copy from before.
      if (version === old) await expectSound(folder)
      else expect(copies.map(({ facts }) => facts?.reason)).toEqual(['migration'])
      rmSync(folder, { recursive: true })
    }
  },
  ROUNDS * 20_000,
)
