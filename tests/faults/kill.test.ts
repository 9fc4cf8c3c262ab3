import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLog } from '../../main/db/check-log.ts'
import { takeFolder } from '../../main/db/folder.ts'
import { type Db, openDb } from '../../main/db/open.ts'
import type { Ctx } from '../../main/engine/context.ts'
import { dump, replay } from '../support/replay.ts'

/** `npm run soak` asks for 200. */
const ROUNDS = Number(process.env['DAFTAR_KILL_ROUNDS'] ?? 20)
const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url))

interface Said {
  ready?: true
  id?: string
  added?: string
  about?: string
  chunk?: string
}

/** Runs the writer for a while after its first word, kills it, and gives what it had said was committed. */
async function writeAndKill(folder: string, round: number, ms: number): Promise<Said[]> {
  const child = spawn(process.execPath, [WRITER, folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      resolve()
    })
    child.on('exit', () => reject(new Error('the writer ended by itself')))
  })
  await ready
  const ended = Promise.all([once(child, 'exit'), once(child.stdout, 'end')])
  await pause(ms)
  child.kill('SIGKILL')
  await ended
  // The last line may have been cut off in the middle: that one nobody was told about.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said)
}

function expectAcknowledged(db: Db, said: Said[]): void {
  const about = new Map<string, string>()
  const sizes = db.prepare(
    "SELECT rtrim(rtrim(last_name, '0123456789'), '-') AS mark, count(*) AS n FROM party WHERE last_name GLOB '*-*-*' GROUP BY mark",
  )
  const chunks = new Map((sizes.all() as { mark: string; n: number }[]).map((c) => [c.mark, c.n]))
  for (const word of said) {
    if (word.added) {
      const row = db.prepare('SELECT last_name FROM party WHERE id = ?').get(word.id)
      expect(row).toEqual({ last_name: word.added })
      expect(db.prepare('SELECT count(*) AS n FROM party_channel WHERE party_id = ?').get(word.id)).toEqual({ n: 1 })
    }
    if (word.about) about.set(word.id!, word.about)
    if (word.chunk) expect(chunks.get(word.chunk), word.chunk).toBe(300)
  }
  for (const [id, value] of about) {
    const now = db.prepare('SELECT about FROM party WHERE id = ?').get(id) as { about: string }
    // A later one may have been committed and not yet told.
    const number = (mark: string) => Number(mark.split('-')[1])
    expect(number(now.about)).toBeGreaterThanOrEqual(number(value))
  }
}

/** Kills of one and the same book; with more of them each look at it would take longer than the one before. */
const IN_ONE_BOOK = 5

/** Writes to one book as often as there are delays, killed each time; gives how much was acknowledged. */
async function wearOut(folder: string, delays: readonly number[], first: number): Promise<number> {
  let told = 0
  for (const [n, ms] of delays.entries()) {
    const said = await writeAndKill(folder, first + n, ms)
    told += said.length
    const owned = takeFolder(folder, 2)
    const db = openDb(owned.file)
    try {
      expectAcknowledged(db, said)
      expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(db.raw.prepare('SELECT tx, capture FROM change_context').all()).toEqual([{ tx: null, capture: 1 }])
      expect((await checkLog({ db } as Ctx)).problems).toEqual([])
      // No chunk is there by half, acknowledged or not.
      const halves = db.raw.prepare(
        "SELECT count(*) AS n FROM change_tx t WHERE verb = 'imports.run' AND (SELECT count(*) FROM change c WHERE c.tx = t.tx) <> 300",
      )
      expect(halves.get()).toEqual({ n: 0 })
      if (n === delays.length - 1) expect(replay(db)).toEqual(dump(db))
    } finally {
      db.close()
      owned.release()
    }
  }
  return told
}

test(
  `killed ${ROUNDS} times in the middle of writing, the book keeps every acknowledged change and stays clean`,
  async () => {
    const delays = fc.sample(fc.integer({ min: 0, max: 220 }), { numRuns: ROUNDS })
    let told = 0
    for (let first = 0; first < ROUNDS; first += IN_ONE_BOOK) {
      const folder = mkdtempSync(join(tmpdir(), 'daftar-kill-'))
      try {
        told += await wearOut(folder, delays.slice(first, first + IN_ONE_BOOK), first)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
    expect(told).toBeGreaterThan(ROUNDS * 2)
  },
  ROUNDS * 10_000,
)
