import type { WorkingWeek } from '../../../shared/domain/working-week.ts'
import type { Day, Place } from './calendar-model.ts'
import type { Drag } from './use-drag.ts'

/** What every view gets. Clicks, keys and drags are handled around it, by the `data-` marks of its parts. */
export interface ViewProps {
  days: readonly Day[]
  place: Place
  title: string
  today: string
  /** Of the day, now. */
  minute: number
  drag: Drag | null
  week: WorkingWeek
  /** Nobody works: a day off of the week, or a holiday. */
  isOff: (day: Day) => boolean
  /** Where the keys are in the views with hours. */
  slot: number
}
