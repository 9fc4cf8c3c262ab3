import type { z } from 'zod'
import type { ActivityFields } from '../../../shared/contract/activities.ts'
import type { TaskInput } from '../../../shared/contract/tasks.ts'
import type { Tx } from '../../db/write.ts'
import { addTaskTx, closeTaskTx } from '../tasks/write.ts'
import { addActivityTx } from './write.ts'

export interface Log {
  activity: z.output<typeof ActivityFields>
  followUp?: TaskInput | undefined
  done_task_id?: string | undefined
}

/**
 * What happened, the task that it did and what comes next, as one change. `task_id` is that of the follow-up. Fails with NOT_FOUND,
 * NOTHING_WRITTEN, and as addTaskTx does.
 */
export function logTx(tx: Tx, { activity, followUp, done_task_id }: Log): { id: string; task_id: string | null } {
  const { id } = addActivityTx(tx, { ...activity, task_id: done_task_id })
  if (done_task_id) closeTaskTx(tx, done_task_id)
  const [party_id] = activity.party_ids
  return { id, task_id: followUp ? addTaskTx(tx, { party_id, ...followUp }) : null }
}
