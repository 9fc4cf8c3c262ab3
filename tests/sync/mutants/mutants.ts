/** A mistake somebody could make, as a change of the sources: the simulation has to catch each (SYNC.md 15 B). */
export interface Mutant {
  name: string
  file: string
  from: string
  to: string
  /** A second place of the same file: [from, to]. */
  also?: readonly [from: string, to: string]
  /** Which kind of client runs it; the model where absent. */
  client?: 'real'
  /** The first seed that noticed; it is asked first, and others only where it does not any more. */
  seed?: number
  /** What has to notice instead of the simulation: a file of tests, and how the name of the test begins. */
  caughtBy?: readonly [file: string, test: string]
}

const REPLICA = 'tests/sync/sim/replica.ts'

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'sequence cursor: a page ends at the head, whatever it left out',
    seed: 0,
    file: 'server/pull.ts',
    from: 'const upTo = full ? rows.at(-1)!.seq : head',
    to: 'const upTo = head',
  },
  {
    name: 'ack before commit',
    seed: 0,
    file: 'server/push.ts',
    from: '    rows: merged.rows,',
    to: '    rows: [],',
  },
  {
    name: 'no batch hash: what comes under taken numbers is answered as the first',
    seed: 29,
    file: 'server/push.ts',
    from: 'if (all.batch.hash !== request.hash)',
    to: 'if (request.hash.length === 0)',
  },
  {
    name: 'no idempotency: the same batch again is done again',
    seed: 0,
    file: 'server/push.ts',
    from: 'if (all.batch) {',
    to: 'if (all.batch && all.batch.hash !== request.hash) {',
    also: [
      'if (request.from <= site.last || request.prev !== site.hash)',
      'if (request.from > site.last && request.prev !== site.hash)',
    ],
  },
  {
    name: 'fast-forward without its first guard: something came between',
    seed: 2,
    file: REPLICA,
    from: 'if (cursors.some((c) => c !== reply.s0 - 1)) return',
    to: '',
  },
  {
    name: 're-stamp upward',
    seed: 2,
    file: 'shared/sync/clock-skew.ts',
    from: 'const next = h > limit ? Math.min(h, Math.max(last + 1, limit)) : h',
    to: 'const next = h + 4096 * 3_600_000',
  },
  {
    name: 'no fill',
    seed: 1655,
    file: REPLICA,
    from: 'if (before) this.fill(before)',
    to: '',
  },
  {
    name: 'no epoch check: the client takes the new epoch and goes on',
    seed: 5,
    file: REPLICA,
    from: "        d.epoch = reply.epoch!\n        d.todo = 'site'\n",
    to: '        d.epoch = reply.epoch!\n',
  },
  {
    name: 'no mark of the head: a rewound server is noticed too late',
    seed: 808,
    file: 'server/epoch.ts',
    from: 'return seen[0] > state.head || markAt !== seen[1]',
    to: 'return false',
  },
  {
    name: 'tombstone purge: a deleted row is forgotten',
    seed: 0,
    file: 'server/merge-batch.ts',
    from: 'row.cells = merged.cells',
    to: 'row.cells = merged.cells[3]?.[0] === 1 ? { ...merged.cells, 3: undefined as never } : merged.cells',
  },
  {
    name: 'payload-scope auth: rights over what the op says, not over the stored row',
    file: 'server/merge-batch.ts',
    from: "if (held && !rights.write(held.scope)) return 'forbidden'",
    to: '',
    caughtBy: ['tests/server/stores.test.ts', 'in memory'],
  },
  {
    name: 'a losing op does not bump the seq of its row',
    seed: 0,
    client: 'real',
    file: 'server/merge-batch.ts',
    from: '    touch(row, seq)\n    if (merged.lost',
    to: '    if (!merged.lost) touch(row, seq)\n    if (merged.lost',
  },
  {
    name: 'a conflict is not written down',
    seed: 0,
    file: 'server/push.ts',
    from: '  await tx.addConflicts(merged.conflicts)\n',
    to: '',
  },
  {
    name: 'apply not in one transaction: the cursor moves first',
    seed: 8,
    file: REPLICA,
    from: "    this.out.crash('before apply')\n",
    to: "    this.disk.cursors = cursors\n    this.out.crash('before apply')\n",
  },
  {
    name: 'retry re-stamps',
    seed: 0,
    file: REPLICA,
    from: '    const sent = waiting.slice(0, to - from + 1)\n',
    to: '    const sent = waiting.slice(0, to - from + 1)\n    for (const o of sent) o.op = { ...o.op, h: o.op.h + 1 }\n',
  },
  {
    name: 'members of sets by the last stamp, not add-wins',
    seed: 3,
    file: 'shared/sync/merge.ts',
    from: 'if (table.set && fid === FIELD_DELETED) {',
    to: 'if (table.set && fid === FIELD_DELETED && op.f[fid] === undefined) {',
  },
  {
    name: 'rows that move together share a seq',
    file: 'server/merge-batch.ts',
    from: 'const own = r === row ? seq : ++out.head',
    to: 'const own = seq',
    caughtBy: ['tests/server/stores.test.ts', 'in memory'],
  },
  {
    name: 'the book: fast-forward without its first guard',
    seed: 0,
    client: 'real',
    file: 'main/sync/outbox.ts',
    from: "if (scopes.some((s) => s.cursor !== reply.s0 - 1 || s.state !== 'ready')) return",
    to: '',
  },
  {
    name: 'the book: fast-forward without its second guard',
    seed: 28,
    client: 'real',
    file: 'main/sync/outbox.ts',
    from: 'if (reply.lost || scopes.length === 0) return',
    to: 'if (scopes.length === 0) return',
  },
  {
    name: 'the book: what waits here is not looked at again when what had overruled it goes',
    file: 'main/sync/apply-rows.ts',
    from: 'const value = cell && fitting(shape, field, cell[0])',
    to: 'const value = cell && cell[2] !== OWN_BY ? fitting(shape, field, cell[0]) : undefined',
    caughtBy: ['tests/sync/client-apart.test.ts', 'a tag taken away here'],
  },
  {
    name: 'the book: what is on its way is made anew for each try',
    seed: 16,
    client: 'real',
    file: 'main/sync/outbox.ts',
    from: 'if (state.flight) return state.flight',
    to: '',
  },
  {
    name: 'the book: half a group is sent',
    seed: 33,
    client: 'real',
    file: 'main/sync/log-lines.ts',
    from: "const f = completeGroups(table, line.kind, said, (fid) => valueAt(db, line, shape.byId.get(fid)?.name ?? '', fid))",
    to: 'const f = said',
  },
  {
    name: 'the book: nothing is offered to a server that forgot',
    seed: 63,
    client: 'real',
    file: 'main/sync/fill.ts',
    from: '  offers.write()\n',
    to: '',
  },
  {
    name: 'the book: the base moves with half a catch-up',
    seed: 393,
    client: 'real',
    file: 'main/sync/apply.ts',
    from: 'if (done) setBase(db)',
    to: 'setBase(db)',
  },
  {
    name: 'the book: a row that left and came back in one round is taken away',
    seed: 136,
    client: 'real',
    file: 'main/sync/apply.ts',
    from: 'if (granted.has(scope)) back.run(tbl, row)',
    to: 'if (granted.has(scope) && !tbl) back.run(tbl, row)',
  },
  {
    name: 'the book: numbers of the log are given twice',
    seed: 33,
    client: 'real',
    file: 'main/sync/purge.ts',
    from: '      keepNumber.run(last, tbl, pk)\n',
    to: '',
  },
  {
    name: 'the book: what is sealed for the owner is not what was set aside',
    seed: 728,
    client: 'real',
    file: 'main/sync/aside.ts',
    from: 'ops.map(unsentOf)',
    to: '[]',
  },
  {
    name: 'the book: a refusal whose answer was lost is never told',
    client: 'real',
    file: 'main/sync/life.ts',
    from: 'if (code) park(tx, seq, code)',
    to: '',
    caughtBy: ['tests/sync/client-unseen.test.ts', 'a refusal whose answer'],
  },
]
