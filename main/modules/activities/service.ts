import type { activities } from '../../../shared/contract/activities.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { timeline } from './timeline.ts'
import { addNoteTx, removeNoteTx, updateNoteTx } from './write.ts'

export const activitiesService: Service<typeof activities> = {
  timeline,
  addNote(ctx, input) {
    const { result, change } = writeChanged(ctx, 'activities.addNote', (tx) => addNoteTx(tx, input))
    return { change, id: result }
  },
  updateNote(ctx, { id, ...values }) {
    const { change } = writeChanged(ctx, 'activities.updateNote', (tx) => updateNoteTx(tx, id, values))
    return { change }
  },
  removeNote(ctx, { id }) {
    const { change } = writeChanged(ctx, 'activities.removeNote', (tx) => removeNoteTx(tx, id))
    return { change }
  },
}
