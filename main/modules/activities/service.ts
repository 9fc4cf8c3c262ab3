import type { activities } from '../../../shared/contract/activities.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { logTx } from './log.ts'
import { seenMentionTx, waitingMentions } from './mentions.ts'
import { mustBePast } from './past.ts'
import { timeline } from './timeline.ts'
import { removeActivityTx, updateActivityTx } from './write.ts'

export const activitiesService: Service<typeof activities> = {
  timeline,
  log(ctx, input) {
    mustBePast(ctx, input.activity.at)
    const { result, change } = writeChanged(ctx, `activities.add.${input.activity.kind}`, (tx) => logTx(tx, input))
    return { change, ...result }
  },
  update(ctx, { id, ...values }) {
    mustBePast(ctx, values.at)
    const { change } = writeChanged(ctx, 'activities.update', (tx) => updateActivityTx(tx, id, values))
    return { change }
  },
  remove(ctx, { id }) {
    const { change } = writeChanged(ctx, 'activities.remove', (tx) => removeActivityTx(tx, id))
    return { change }
  },
  mentions: (ctx) => waitingMentions(ctx),
  seenMention(ctx, { activity_id }) {
    const { change } = writeChanged(ctx, 'activities.seenMention', (tx) => seenMentionTx(tx, activity_id))
    return { change }
  },
}
