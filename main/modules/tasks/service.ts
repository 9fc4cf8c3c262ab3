import type { tasks } from '../../../shared/contract/tasks.ts'
import { patch, remove } from '../../db/rows.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import type { Service } from '../../rpc/service.ts'
import { addChecks, arrangeChecks, checkOf, updateCheck } from './checks.ts'
import { groups, page } from './list.ts'
import { listenForRings } from './ringer.ts'
import { answerRings, claimRings } from './rings.ts'
import { fullTask, rowsByIds, stepsOf } from './rows.ts'
import { snoozeTx } from './snooze.ts'
import { task, taskCheck } from './table.ts'
import {
  addTaskTx,
  closeTaskTx,
  handOverTx,
  removeTaskTx,
  reopenTaskTx,
  takeTx,
  taskOf,
  updateTaskTx,
} from './write.ts'

/** A verb that answers with its change alone. */
function changing(ctx: Ctx, verb: string, run: (tx: Tx) => unknown): { change: number | null } {
  return { change: writeChanged(ctx, `tasks.${verb}`, (tx) => void run(tx)).change }
}

export const tasksService: Service<typeof tasks> = {
  groups,
  page,
  ofParty: (ctx, { party_id, limit }) => stepsOf(ctx.db, party_id, limit, ctx.clock.now()),
  rows: (ctx, { ids }) => rowsByIds(ctx.db, ids, ctx.clock.now()),
  get: (ctx, { id }) => fullTask(ctx.db, id, ctx.clock.now()),
  add(ctx, input) {
    const { result, change } = writeChanged(ctx, 'tasks.add', (tx) => addTaskTx(tx, input))
    return { change, id: result }
  },
  update: (ctx, { id, patch: values, ...parts }) =>
    changing(ctx, 'update', (tx) => updateTaskTx(tx, id, values, parts)),
  complete(ctx, { id }) {
    const { result, change } = writeChanged(ctx, 'tasks.complete', (tx) => closeTaskTx(tx, id))
    return { change, next: result.next }
  },
  drop(ctx, { id }) {
    const { result, change } = writeChanged(ctx, 'tasks.drop', (tx) => closeTaskTx(tx, id, 'dropped'))
    return { change, next: result.next }
  },
  reopen: (ctx, { id }) => changing(ctx, 'reopen', (tx) => reopenTaskTx(tx, id)),
  remove: (ctx, { ids }) =>
    changing(ctx, 'remove', (tx) => {
      for (const id of ids) removeTaskTx(tx, id)
    }),
  move: (ctx, { id, due_date, due_minute }) =>
    changing(ctx, 'move', (tx) => updateTaskTx(tx, id, { due_date, due_minute })),
  snooze(ctx, { id, until }) {
    const { result, change } = writeChanged(ctx, 'tasks.snooze', (tx) => snoozeTx(tx, id, until))
    return { change, at: result }
  },
  handOver: (ctx, { id, owner_id, note }) =>
    changing(ctx, 'handOver', (tx) => handOverTx(tx, id, owner_id, note ?? null)),
  take: (ctx, { ids }) =>
    changing(ctx, 'take', (tx) => {
      for (const id of ids) takeTx(tx, id)
    }),
  seen: (ctx, { ids }) =>
    changing(ctx, 'seen', (tx) => {
      for (const id of ids) {
        const { owner_id, handed_by, handed_seen_at } = taskOf(tx, id)
        const waits = owner_id === ctx.user?.id && handed_by !== null && handed_seen_at === null
        if (waits) patch(tx, task, id, { handed_seen_at: tx.now })
      }
    }),
  checks: {
    add(ctx, { task_id, text }) {
      const { result, change } = writeChanged(ctx, 'tasks.addCheck', (tx) => {
        taskOf(tx, task_id)
        return addChecks(tx, task_id, [text])[0]!
      })
      return { change, id: result }
    },
    update: (ctx, { id, ...values }) => changing(ctx, 'updateCheck', (tx) => updateCheck(tx, id, values)),
    remove: (ctx, { id }) =>
      changing(ctx, 'removeCheck', (tx) => {
        checkOf(tx, id)
        remove(tx, taskCheck, id)
      }),
    arrange: (ctx, { task_id, ids }) => changing(ctx, 'arrangeChecks', (tx) => arrangeChecks(tx, task_id, ids)),
  },
  reminders: (ctx, _, { signal }) => listenForRings(ctx, signal),
  claimRing: (ctx, input) => claimRings(ctx, input),
  answerRings: (ctx, input) => answerRings(ctx, input),
  notify: async (ctx, { title, body, task_id }) => ({
    shown: (await ctx.host.notify?.({ title, body, path: task_id ? `/tasks?open=${task_id}` : '/tasks' })) ?? false,
  }),
}
