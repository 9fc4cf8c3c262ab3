import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../server/app.ts'
import { newBusiness, ownerInvite } from '../../server/business.ts'
import { nodeCrypto } from '../../server/host.ts'
import type { Store } from '../../server/store/store.ts'
import { hlcAt } from '../../shared/sync/clock.ts'
import { decodeOps } from '../../shared/sync/codec.ts'
import { addToDigest, emptyDigest } from '../../shared/sync/digest.ts'
import { SiteStatusReply } from '../../shared/sync/exchange.ts'
import { KIND } from '../../shared/sync/manifest.ts'
import { recipientsText } from '../../shared/sync/membership.ts'
import type { Fields } from '../../shared/sync/merge.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { type Device, device, ownerDevice, straight } from './device.ts'
import { STORES, type TestClock, testApp } from './stores.ts'

const NAME = 12
const uuid = () => randomUUID() as string
const MINUTE = 60_000

describe.each(STORES)('$name', ({ open, missing }) => {
  describe.skipIf(missing)('keeps what it is given', () => {
    let store: Store
    let end: () => Promise<void>
    let app: App
    let clock: TestClock
    let now: () => number
    let woken: number[]
    let a: Device
    let b: Device

    beforeAll(async () => {
      ;({ store, end } = await open())
    }, 60_000)
    afterAll(() => end?.())

    beforeEach(async () => {
      woken = []
      ;({ app, clock, now } = await testApp(store))
      const { tenant, code } = await newBusiness(app, MINUTE)
      a = device(straight(app), now)
      await a.register(code)
      app.hub.add(tenant, { device: '', say: (head) => woken.push(head), close() {} })
      expect(a.tenant).toBe(tenant)
      b = await ownerDevice(app, tenant, now)
    })

    const refused = async (promise: Promise<unknown>) => {
      const error = await promise.then(
        () => ({ reply: 'was done' }),
        (e) => e,
      )
      return error.reply
    }
    const names = (rows: Map<string, { cells: Record<string, readonly unknown[]> }>) =>
      [...rows.values()].map((r) => r.cells[NAME]?.[0]).sort()

    test('what one pushed the other pulls, with who wrote it', async () => {
      const row = uuid()
      const reply = await a.push([
        { row, f: { 1: [row], [NAME]: ['علی \u0000 \ud800 "\\'] } },
        { f: { [NAME]: ['رضا'] } },
      ])
      expect(reply).toMatchObject({ s0: 1, s1: 2, lost: false, verdicts: [] })
      expect(woken).toEqual([2])
      const got = await b.pull()
      expect(names(got.rows)).toEqual(['رضا', 'علی \u0000 \ud800 "\\'])
      const cell = got.rows.get(row)!.cells[NAME]!
      expect(b.authors.get(cell[2])).toEqual({ site: a.site, user: a.user })
      expect(cell.slice(3, 5)).toEqual([1, 1])
      expect(b.cursors).toEqual({ 0: 2, 1: 2 })
      expect((await b.pull()).rows.size).toBe(0)
    })

    test('the same batch again is answered the same and done once', async () => {
      const batch = a.batch([{ f: { [NAME]: ['x'] } }])
      const first = await a.send(batch)
      expect(await a.call(PATH.push, batch)).toMatchObject({ s0: first.s0, s1: first.s1 })
      expect((await b.pull()).head).toBe(1)
    })

    test('after months batches are forgotten, but never the last ones of a site', async () => {
      const kept = (from: number) =>
        store.tenant(a.tenant, 'read', (tx) => tx.gather(a.id, { batch: { site: a.site, from } })).then((g) => g.batch)
      await a.push([{ f: { [NAME]: ['x'] } }])
      await store.tenant(a.tenant, 'write', async (tx) => {
        const { state } = await tx.gather(a.id)
        for (let from = 2; from <= 65; from++) {
          const batch = { site: a.site, from, to: from, hash: '', result: '{}', at: now() }
          await tx.addPush({ state, batch, ops: [], rows: [] })
        }
      })
      await a.renew()
      expect(await kept(1)).not.toBeNull()
      clock.now += 91 * 86_400_000
      await a.renew()
      expect(await kept(1)).toBeNull()
      expect([await kept(2), await kept(65)]).toMatchObject([{ from: 2 }, { from: 65 }])
    })

    test("keys of owners' devices that are in are told to everybody, and to whoever knows them already not again", async () => {
      const [first, second] = ['A', 'B'].map((letter) => `${letter.repeat(43)}=`) as [string, string]
      const hashOf = (...keys: string[]) => nodeCrypto.sha256(recipientsText(keys)).slice(0, 32)
      const told = async (one: Device, ...known: string[]) =>
        (await one.page(5_000, { recipients: hashOf(...known) })).recipients
      const { code } = await a.ask<{ code: string }>(PATH.invite, { user: null, role: 'seller', scopes: [[1, 3]] })
      const staff = device(straight(app), now)
      await staff.register(code)
      expect(await told(staff)).toBeUndefined()
      expect(await refused(staff.ask(PATH.recipient, { key: first }))).toMatchObject({ error: 'forbidden' })
      expect(await refused(a.ask(PATH.recipient, { key: 'short' }))).toMatchObject({ error: 'bad_request' })
      expect(await b.ask(PATH.recipient, { key: second })).toEqual({ recipients: [second] })
      expect(await a.ask(PATH.recipient, { key: first })).toEqual({ recipients: [first, second] })
      expect(await told(staff)).toEqual([first, second])
      expect(await told(staff, second, first)).toBeUndefined()
      // Whoever does not ask for them is an older program.
      expect((await staff.page()).recipients).toBeUndefined()

      await a.ask(PATH.revoke, { device: b.id })
      expect(await told(staff, first, second)).toEqual([first])
      expect(await refused(b.ask(PATH.recipient, { key: second }))).toMatchObject({ error: 'revoked' })
      const other = await ownerDevice(app, a.tenant, now)
      await other.ask(PATH.member, { user: a.user, role: 'seller', scopes: [[-1, 3]] })
      expect(await told(staff, first)).toEqual([])
    })

    test('another batch under numbers that are taken is a fork, and so is one after another past', async () => {
      const other = { ...a.batch([{ f: { [NAME]: ['clone'] } }]) }
      await a.push([{ f: { [NAME]: ['x'] } }])
      expect(await refused(a.call(PATH.push, other))).toMatchObject({ error: 'fork', last: 1, hash: a.hash })
      await a.push([{ f: { [NAME]: ['y'] } }, { f: { [NAME]: ['z'] } }])
      a.own = 1
      expect(await refused(a.push([{ f: { [NAME]: ['clone'] } }]))).toMatchObject({ error: 'fork', last: 3 })
      a.own = 3
      a.hash = 'f'.repeat(32)
      expect(await refused(a.push([{ f: { [NAME]: ['clone'] } }]))).toMatchObject({ error: 'fork' })
      expect(names((await b.pull()).rows)).toEqual(['x', 'y', 'z'])
    })

    test('a batch that is not what its hash says is refused whole', async () => {
      const batch = a.batch([{ f: { [NAME]: ['x'] } }])
      expect(await refused(a.call(PATH.push, { ...batch, hash: 'e'.repeat(32) }))).toMatchObject({ why: 'hash' })
      expect((await b.pull()).head).toBe(0)
    })

    test('stamps ahead of the clock are sent back, and stored are none', async () => {
      const batch = a.batch([{ f: { [NAME]: ['x'] } }, { h: hlcAt(now() + 5_500), f: { [NAME]: ['y'] } }])
      expect(await refused(a.call(PATH.push, batch))).toEqual({ error: 'clock_ahead', now: now() })
      expect((await b.pull()).head).toBe(0)
      await a.push([
        { h: hlcAt(now() + 4_500), f: { [NAME]: ['y'] } },
        { h: 0, f: { [NAME]: ['old clock'] } },
      ])
      expect((await b.pull()).rows.size).toBe(2)
    })

    test('one bad op blocks no other, and its row comes back to who sent it', async () => {
      const row = uuid()
      await a.push([{ row, f: { [NAME]: ['x'] } }])
      await b.pull()
      await a.pull()
      const reply = await a.push([
        { row, kind: KIND.patch, f: { [NAME]: ['y'] } },
        { row, kind: KIND.patch, f: { 9999: ['?'] } },
        { row: uuid(), kind: KIND.patch, f: { [NAME]: ['nobody'] } },
        { tbl: 9999, f: { [NAME]: ['?'] } },
        { row, kind: KIND.patch, f: { 13: [{}] as never } },
        { f: { [NAME]: ['new'] } },
      ])
      const codes = ['unknown_field', 'unknown_row', 'unknown_table', 'bad_value']
      expect(reply.verdicts).toEqual([3, 4, 5, 6].map((own, i) => [own, codes[i]]))
      expect(reply.lost).toBe(true)
      const back = await a.pull()
      expect(names(back.rows)).toEqual(['new', 'y'])
      expect(back.rows.get(row)!.seq).toBe(6)
    })

    test('written apart: the later stamp shows, the other is told to everyone, once', async () => {
      const row = uuid()
      await a.push([{ row, f: { [NAME]: ['x'] } }])
      await b.pull()
      await a.pull()
      const h = hlcAt(now())
      await a.push([{ row, kind: KIND.patch, h: h + 9, f: { [NAME]: ['from a'] } }])
      const late = await b.push([{ row, kind: KIND.patch, h: h + 5, f: { [NAME]: ['from b'] } }])
      expect(late).toMatchObject({ lost: true, verdicts: [[1, 'lost']] })
      for (const one of [a, b]) {
        const got = await one.pull()
        expect(names(got.rows)).toEqual(['from a'])
        expect(got.conflicts).toMatchObject([
          { row, fid: NAME, class: 'lww', win: { 0: 'from a' }, lose: { 0: 'from b' } },
        ])
        expect((await one.pull()).conflicts).toEqual([])
      }
    })

    test('pages come in order, nothing twice, nothing left out, and sizes are kept', async () => {
      const big = 'x'.repeat(60_000)
      for (let i = 0; i < 4; i++)
        await a.push(Array.from({ length: 25 }, (_, k) => ({ f: { [NAME]: [`${i}-${k} ${big}`] } })))
      const sizes: number[] = []
      const seen = new Set<number>()
      for (let more = true; more; ) {
        const page = await b.page(30)
        sizes.push(page.rows.length)
        for (const r of page.rows) {
          expect(seen.has(r.seq)).toBe(false)
          seen.add(r.seq)
        }
        more = page.more
      }
      expect(seen.size).toBe(100)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(30)
      const all = device(straight(app), now)
      await all.register(await ownerInvite(app, a.tenant, MINUTE))
      const first = await all.page(5_000)
      // 4 MiB of text: as much as fits, and the rest with the next page.
      expect(first.rows.length).toBeGreaterThan(20)
      expect(first.rows.length).toBeLessThan(100)
      expect(first.more).toBe(true)
      expect(first.rows.length + (await all.pull()).rows.size).toBe(100)
    })

    test('what a site has sent can be asked back, op by op', async () => {
      const row = uuid()
      const ops = [
        { row, f: { [NAME]: ['x'] } },
        { row, kind: KIND.patch, base: 0, f: { 13: [null] } },
      ] as const
      const batch = a.batch(ops)
      await a.send(batch)
      const status = await a.ask(PATH.siteStatus, { site: a.site, after: 0, limit: 1 }, SiteStatusReply)
      expect(status).toMatchObject({ known: true, last: 2, hash: a.hash, more: true })
      const rest = await a.ask(PATH.siteStatus, { site: a.site, after: 1, limit: 10 }, SiteStatusReply)
      const back = [...decodeOps(status.ops, 1), ...decodeOps(rest.ops, 2)]
      expect(back).toEqual(decodeOps(batch.ops, 1))
      expect(await a.ask(PATH.siteStatus, { site: uuid(), after: 0, limit: 1 })).toMatchObject({
        known: false,
        last: 0,
      })
      expect(await refused(b.ask(PATH.siteStatus, { site: a.site, after: 0, limit: 1 }))).toMatchObject({
        error: 'forbidden',
      })
    })

    test('a new incarnation goes on from where it parted, and overwrites its own past without a conflict', async () => {
      const row = uuid()
      await a.push([
        { row, f: { [NAME]: ['x'] } },
        { row, kind: KIND.patch, f: { [NAME]: ['y'] } },
      ])
      const site = uuid()
      expect(await a.ask(PATH.site, { site, parent: a.site, fork: 1 })).toMatchObject({ last: 0, hash: '' })
      expect(await a.ask(PATH.site, { site, parent: a.site, fork: 1 })).toMatchObject({ last: 0 })
      Object.assign(a, { site, own: 0, hash: '' })
      const again = await a.push([{ row, kind: KIND.patch, h: 5, f: { [NAME]: ['restored'] } }])
      // It had seen op 1 of its parent and not op 2.
      expect(again).toMatchObject({ lost: true })
      const second = uuid()
      await a.ask(PATH.site, { site: second, parent: site, fork: 1 })
      expect(await refused(b.ask(PATH.site, { site: uuid(), parent: a.site, fork: 1 }))).toMatchObject({
        why: 'parent',
      })
    })

    test('the device remembers more than the server: a new epoch begins, and what is missing comes again', async () => {
      await a.push([{ f: { [NAME]: ['x'] } }])
      await b.pull()
      const before = b.epoch
      // As after the return of an older backup: a has had answers for three more.
      const hash = a.hash
      Object.assign(a, { own: 4, hash: 'c'.repeat(32) })
      const told = await refused(a.push([{ f: { [NAME]: ['y'] } }]))
      expect(told).toMatchObject({ error: 'epoch_changed', last: 1 })
      expect(told.epoch).not.toBe(before)
      expect(await refused(b.pull())).toEqual({ error: 'epoch_changed', epoch: told.epoch })
      Object.assign(a, { own: 1, hash, epoch: told.epoch })
      await a.push([{ base: 0, f: { [NAME]: ['again'] } }], { replay: true })
      Object.assign(b, { epoch: null, cursors: {}, authors: new Map() })
      expect(names((await b.pull()).rows)).toEqual(['again', 'x'])
    })

    test.each([
      ['a site that was acknowledged and is not here', { site: 'new', acked: 3 }, 'epoch_changed'],
      ['more acknowledged than was given', { acked: 9 }, 'epoch_changed'],
      ['another mark at the head that was seen', { seen: [1, 'another'] }, 'epoch_changed'],
      ['a head that is not here yet', { seen: [7, 'later'] }, 'epoch_changed'],
      ['a site that went on elsewhere', { acked: 0 }, 'fork'],
      ['another past of the site', { acked: 1, hash: 'd'.repeat(32) }, 'fork'],
      ['what is so', { acked: 1 }, undefined],
    ])('a device that only reads is told too: %s', async (_, claim, error) => {
      await a.push([{ f: { [NAME]: ['x'] } }])
      await a.pull()
      const site = 'site' in claim ? uuid() : a.site
      const body = { ...a.asker(), scopes: a.cursors, authors: 1, limit: 10, ...claim, site }
      expect((await refused(a.ask(PATH.pull, body))).error).toBe(error)
    })

    test('a cursor above the head begins a new epoch too', async () => {
      await a.push([{ f: { [NAME]: ['x'] } }])
      await b.pull()
      const before = b.epoch
      b.cursors = { 0: 1, 1: 99 }
      expect(await refused(b.pull())).toMatchObject({ error: 'epoch_changed' })
      Object.assign(b, { epoch: null, cursors: {} })
      await b.pull()
      expect(b.epoch).not.toBe(before)
    })

    test('a digest agrees with what was pulled, and is refused for a scope that is not granted', async () => {
      await a.push([{ f: { [NAME]: ['x'] } }, { f: { [NAME]: ['y'] } }, { tbl: 6, f: { 10: ['tag'] } }])
      const got = await b.pull()
      const sums = emptyDigest()
      for (const r of got.rows.values()) if (r.scope === 1) addToDigest(sums, r.row, r.seq)
      expect(await b.ask(PATH.digest, { epoch: b.epoch, scope: 1 })).toMatchObject({ head: 3, sums, count: 2 })
      expect(await refused(b.ask(PATH.digest, { epoch: b.epoch, scope: 7 }))).toMatchObject({ error: 'forbidden' })
    })

    test('a newer app tells its manifest, and what this server never heard of goes through', async () => {
      const batch = { ...a.batch([{ tbl: 900, f: { 10: ['new'], 11: ['field'] } }]), mh: 'a'.repeat(32) }
      expect(await refused(a.call(PATH.push, batch))).toMatchObject({ error: 'manifest_wanted' })
      const tables = [
        [
          900,
          0,
          [
            [1, 'l'],
            [10, 'g:pair'],
            [11, 'g:pair'],
          ],
        ],
      ]
      await a.ask(PATH.manifest, { sv: 9, tables })
      await a.push([{ tbl: 900, f: { 10: ['new'], 11: ['field'] } }])
      const [row] = [...(await b.pull()).rows.values()]
      expect(row).toMatchObject({ tbl: 900, scope: 1, cells: { 10: { 0: 'new' }, 11: { 0: 'field' } } })
      expect(await refused(a.ask(PATH.manifest, { sv: 9, tables: [[900, 1, []]] }))).toMatchObject({
        error: 'upgrade_required',
      })
    })

    describe('scopes', () => {
      const TEAM = 5
      let staff: Device
      beforeEach(async () => {
        staff = device(straight(app), now)
        const invite = await a.ask<{ code: string }>(PATH.invite, {
          user: staff.user,
          role: 'seller',
          scopes: [
            [0, 1],
            [TEAM, 3],
          ],
        })
        await staff.register(invite.code)
      })
      const customer = (row = uuid()): { row: string; f: Fields } => ({
        row,
        f: { 1: [row], [NAME]: [`c ${row.slice(0, 4)}`] },
      })
      const phone = (party: string, row = uuid()): { tbl: number; row: string; f: Fields } => ({
        tbl: 2,
        row,
        f: { 1: [row], 10: [party], 13: ['0912'] },
      })

      test('field staff get their own customers and the shared lists, and nothing else', async () => {
        const mine = customer()
        const others = customer()
        await a.push([mine, others, phone(mine.row), phone(others.row), { tbl: 6, f: { 10: ['tag'] } }])
        expect((await staff.pull()).rows.size).toBe(1)
        await a.ask(PATH.move, { roots: [mine.row], scope: TEAM })
        const got = await staff.pull(1)
        expect([...got.rows.values()].map((r) => r.tbl).sort()).toEqual([1, 2])
        expect(got.granted).toEqual([
          [0, 1],
          [TEAM, 3],
        ])
        expect((await b.pull()).rows.size).toBe(5)
      })

      test('who loses a customer is told to let go of all of it', async () => {
        const mine = customer()
        const number = phone(mine.row)
        await staff.push([mine, number])
        await staff.pull()
        await b.pull()
        await a.ask(PATH.move, { roots: [mine.row], scope: 1 })
        const gone = await staff.pull()
        expect(gone.rows.size).toBe(0)
        expect(gone.exits.map(([scope, , row]) => [scope, row]).sort()).toEqual(
          [
            [TEAM, mine.row],
            [TEAM, number.row],
          ].sort(),
        )
        expect((await b.pull()).rows.size).toBe(2)
        const refusedOps = await staff.push([
          { row: mine.row, kind: KIND.patch, f: { [NAME]: ['mine!'] } },
          phone(mine.row),
        ])
        expect(refusedOps.verdicts.map(([, code]) => code)).toEqual(['forbidden', 'forbidden'])
        // What an op says of its row's place counts for nothing while the row itself is somebody else's.
        const bait = customer()
        const taken = await staff.push([bait, { tbl: 2, row: number.row, kind: KIND.patch, f: { 10: [bait.row] } }])
        expect(taken.verdicts.map(([, code]) => code)).toEqual(['forbidden'])
        await a.ask(PATH.move, { roots: [mine.row], scope: TEAM })
        const back = await staff.pull()
        expect(back.rows.size).toBe(3)
        // It left and came back: nothing is to be let go.
        staff.cursors = {}
        expect((await staff.pull()).exits).toEqual([])
      })

      test('a scope that is taken away is named as revoked, one that is given comes from the beginning', async () => {
        await staff.push([customer()])
        await staff.pull()
        await a.push([customer()])
        const scopes = [
          [0, 1],
          [1, 1],
        ]
        await a.ask(PATH.member, { user: staff.user, role: 'seller', scopes })
        const got = await staff.pull()
        expect(got.revoked).toEqual([TEAM])
        expect(got.rows.size).toBe(1)
        expect((await staff.push([customer()])).verdicts).toMatchObject([[2, 'forbidden']])
      })

      test('a conflict comes only to who sees its row, and to who sees it later', async () => {
        const one = customer()
        await a.push([one])
        await b.pull()
        await a.push([{ row: one.row, kind: KIND.patch, f: { [NAME]: ['a'] } }])
        await b.push([{ row: one.row, kind: KIND.patch, f: { [NAME]: ['b'] } }])
        expect((await staff.pull()).conflicts).toEqual([])
        await a.ask(PATH.move, { roots: [one.row], scope: TEAM })
        expect((await staff.pull()).conflicts).toHaveLength(1)
      })

      test('a task that comes under another customer takes its check list along', async () => {
        const [mine, theirs] = [customer(), customer()]
        await staff.push([mine])
        await a.push([theirs])
        const task = uuid()
        const check = uuid()
        await a.push([
          { tbl: 17, row: task, f: { 1: [task], 13: [theirs.row] } },
          { tbl: 18, row: check, f: { 1: [check], 10: [task] } },
        ])
        expect((await staff.pull()).rows.has(task)).toBe(false)
        await a.pull()
        const moved = await a.push([{ tbl: 17, row: task, kind: KIND.patch, f: { 13: [mine.row] } }])
        expect(moved.lost).toBe(true)
        const got = await staff.pull(1)
        expect([...got.rows.keys()].sort()).toEqual([task, check].sort())
        expect(new Set([...got.rows.values()].map((r) => r.seq)).size).toBe(2)
      })
    })

    test('eight write at once and one reads all the while: nothing is left out (R1)', async () => {
      const writers = await Promise.all(Array.from({ length: 8 }, () => ownerDevice(app, a.tenant, now)))
      const seen = new Set<string>()
      let writing = true
      const reader = (async () => {
        for (let last = false; !last; ) {
          last = !writing
          for (const row of (await b.pull(7)).rows.keys()) seen.add(row)
        }
      })()
      await Promise.all(
        writers.map(async (w) => {
          for (let i = 0; i < 6; i++) await w.push([{ f: { [NAME]: [`${i}`] } }])
        }),
      )
      writing = false
      await reader
      expect(seen.size).toBe(48)
      expect((await b.pull()).head).toBe(48)
    })

    test('at once with others: who is refused is refused alone, and the order has no gaps', async () => {
      const others = await Promise.all(Array.from({ length: 6 }, () => ownerDevice(app, a.tenant, now)))
      const wrong = others[3]!
      const forked = { ...wrong.batch([{ f: { [NAME]: ['?'] } }]), from: 1 }
      await wrong.push([{ f: { [NAME]: ['x'] } }])
      const answers = await Promise.all([
        ...others.map((d) => (d === wrong ? refused(d.call(PATH.push, forked)) : d.push([{ f: { [NAME]: ['y'] } }]))),
        a.ask(PATH.rename, { device: b.id, name: 'renamed' }),
      ])
      expect(answers[3]).toMatchObject({ error: 'fork' })
      expect(answers.flatMap((r) => ('s1' in r ? [r.s1] : [])).sort()).toEqual([2, 3, 4, 5, 6])
      expect((await b.pull()).rows.size).toBe(6)
    })

    test('one business sees nothing of another', async () => {
      await a.push([{ f: { [NAME]: ['canary'] } }])
      const other = await newBusiness(app, MINUTE)
      const c = device(straight(app), now)
      await c.register(other.code)
      expect((await c.pull()).rows.size).toBe(0)
      expect(
        await refused(
          c.call(PATH.pull, { ...c.asker(), v: 1, tenant: a.tenant, site: c.site, scopes: {}, authors: 0, limit: 1 }),
        ),
      ).toMatchObject({ error: 'other_tenant' })
    })
  })
})
