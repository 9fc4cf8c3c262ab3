import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEngine } from '../../main/engine/engine.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'

/** `npm run soak` asks for more. */
const ROUNDS = Number(process.env['DAFTAR_MERGE_KILL_ROUNDS'] ?? 3)
const MERGER = fileURLToPath(new URL('./merger.ts', import.meta.url))

interface Line {
  ready?: true
  began?: string[]
  merged?: string[]
  undone?: string[]
}

async function mergeAndKill(folder: string, round: number, ms: number): Promise<Line[]> {
  const child = spawn(process.execPath, [MERGER, folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const ended = once(child, 'close')
  while (!text.includes('"ready"') && child.exitCode === null) await pause(5)
  // From the first merge on, so that the moment falls among them and not into the entering of customers.
  while (!text.includes('"began"') && child.exitCode === null) await pause(1)
  await pause(ms)
  child.kill('SIGKILL')
  await ended
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Line)
}

/** How the three stand: one with everything, or three with their own; anything between is half a merge. */
async function stateOf(client: Client, ids: readonly string[]): Promise<'one' | 'three' | 'half'> {
  const records = await Promise.all(ids.map((id) => client.customers.get({ id })))
  const notes = await Promise.all(
    ids.map(
      async (id) => (await client.activities.timeline({ party_id: id, kinds: ['note'], limit: 100 })).entries.length,
    ),
  )
  const shape = records.map(({ id, channels, tags, links, about }, i) =>
    [ids.indexOf(id), channels.length, tags.length, links.length, about === null ? 0 : 1, notes[i]].join(),
  )
  if (shape.every((one) => one === '0,3,1,1,1,15')) return 'one'
  return shape.join(' ') === '0,1,0,1,0,5 1,1,1,1,1,5 2,1,0,1,0,5' ? 'three' : 'half'
}

test(
  `merges killed at ${ROUNDS} moments are whole or not there, and those that were answered are there`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-merge-kill-'))
    try {
      let told = 0
      for (const [round, ms] of fc.sample(fc.integer({ min: 0, max: 250 }), ROUNDS).entries()) {
        const said = await mergeAndKill(folder, round, ms)
        const engine = createEngine({ folder, host: { kind: 'test' } })
        try {
          const client = engine.client()
          expect((await client.system.status()).trouble).toBe(null)
          expect((await client.system.check()).problems).toEqual([])
          for (const { began } of said) {
            if (!began) continue
            const wasTold = (what: 'merged' | 'undone') => said.some((line) => line[what]?.[0] === began[0])
            const state = await stateOf(client, began)
            expect(state, JSON.stringify(said.slice(-3))).not.toBe('half')
            if (wasTold('undone')) expect(state).toBe('three')
            // Merged and perhaps being taken back when it was killed: then either.
            else if (wasTold('merged') && said.at(-1)?.merged?.[0] !== began[0]) expect(state).toBe('one')
            if (wasTold('merged')) told++
          }
          const { n } = engine
            .ctx()
            .db.prepare('SELECT count(*) AS n FROM party WHERE (merged_into IS NOT NULL) <> (deleted = 1)')
            .get() as { n: number }
          expect(n).toBe(0)
        } finally {
          engine.close()
        }
      }
      expect(told).toBeGreaterThan(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  ROUNDS * 20_000 + 20_000,
)
