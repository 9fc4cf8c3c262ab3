/** What the benches of sync share. */
import { randomUUID } from 'node:crypto'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { App } from '../../server/app.ts'
import { newBusiness } from '../../server/business.ts'
import { handle } from '../../server/handle.ts'
import { nodeHost } from '../../server/host.ts'
import { makeApp } from '../../server/make-app.ts'
import type { Runner } from '../../server/store/session.ts'
import { sqlStore } from '../../server/store/sql.ts'
import { hlcAt } from '../../shared/sync/clock.ts'
import { canonical, chainHash, encodeOps } from '../../shared/sync/codec.ts'
import { KIND } from '../../shared/sync/manifest.ts'
import type { Op } from '../../shared/sync/merge.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { type Device, device, straight } from '../server/device.ts'

export const BATCH = 5_000
export const NAMES = ['علی', 'زهرا', 'محمدرضا', 'فاطمه', 'حسین', 'مریم', 'رضا', 'نرگس']
export const FAMILIES = ['محمدی', 'حسینی', 'احمدی', 'کریمی', 'موسوی', 'رضایی', 'اسماعیل‌زاده', 'نوری']

export type Row = Record<string, string | number>
export interface Batch {
  bytes: { raw: number; gzip: number; zstd: number }
  body: string
}

/** W of SYNC.md 15: 60 % new customers of nine filled fields, 40 % changes of one or two. */
export function workload(n: number, by: Device): Batch[] {
  const ids: string[] = []
  const batches: Batch[] = []
  let hash = ''
  for (let from = 1; from <= n; from += BATCH) {
    const ops: Op[] = []
    for (let own = from; own < Math.min(n + 1, from + BATCH); own++) {
      const shared = { tbl: 1, h: hlcAt(Date.now()) + own, base: 0, own, user: by.user }
      const pick = (list: string[]) => [list[own % list.length]!] as const
      if (own % 5 < 3) {
        const row = randomUUID()
        ids.push(row)
        const f: Op['f'] = {
          1: [row],
          2: [Date.now()],
          10: ['person'],
          12: pick(NAMES),
          13: pick(FAMILIES),
          14: [`بازرگانی ${own % 900}`],
          15: [String(1e9 + own)],
          24: [own * 1_000],
          27: [`مشتری قدیمی، معرف ${NAMES[own % 8]}، تحویل صبح‌ها`],
        }
        ops.push({ ...shared, row, kind: KIND.put, f })
      } else {
        const row = ids[(own * 7) % ids.length]!
        const f: Op['f'] = own % 2 ? { 24: [own] } : { 12: pick(NAMES), 13: pick(FAMILIES) }
        ops.push({ ...shared, row, kind: KIND.patch, f })
      }
    }
    const coded = encodeOps(ops)
    const head = { site: by.site, from, to: from + ops.length - 1, replay: false }
    const prev = hash
    hash = chainHash(nodeHost(() => {}).sha256, prev, canonical(head, coded))
    const body = JSON.stringify({ v: 1, tenant: by.tenant, ...by.asker(), ...head, prev, hash, ops: coded })
    const raw = Buffer.from(body)
    batches.push({ body, bytes: { raw: raw.length, gzip: gzipSync(raw).length, zstd: zstdCompressSync(raw).length } })
  }
  return batches
}

export const seconds = async (work: () => Promise<unknown>) => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
export const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1]!
export const round = (x: number, to = 2) => Number(x.toFixed(to))

export async function serving(runner: Runner): Promise<App> {
  return makeApp(
    nodeHost((event, facts) => {
      if (event === 'internal') process.stderr.write(`${JSON.stringify(facts)}\n`)
    }),
    await sqlStore(runner),
    {
      maxPushes: 64,
    },
  )
}
export async function joined(app: App): Promise<Device> {
  const one = device(straight(app), () => Date.now())
  await one.register((await newBusiness(app, 600_000)).code)
  return one
}
export async function pushAll(app: App, by: Device, batches: Batch[]): Promise<void> {
  for (const { body } of batches) {
    const { status, text } = await handle(app, { path: PATH.push, access: by.access, body: JSON.parse(body) })
    if (status !== 200 || JSON.parse(text).lost) throw new Error(text.slice(0, 300))
  }
}
