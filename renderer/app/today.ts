import { useEffect, useState } from 'react'
import type { IsoDay } from '../../shared/domain/jalali.ts'
import { type Moment, momentOf, watchClock, windowClock } from './clock.ts'

/** Day and minute in the business time zone, as the clock goes on and after the PC wakes up; draws anew only when `pick` gives something else. */
function useMoment<T extends string | number>(pick: (moment: Moment) => T): T {
  const [seen, setSeen] = useState(() => pick(momentOf(windowClock.now())))
  useEffect(() => {
    const take = (moment: Moment) => setSeen(pick(moment))
    // Time went on between the first drawing and now.
    take(momentOf(windowClock.now()))
    return watchClock(windowClock, take)
  }, [pick])
  return seen
}

const dayOf = ({ day }: Moment) => day
const minuteOf = ({ minute }: Moment) => minute

/** Today in the business time zone; changes at midnight while the screen stays open, and after the PC wakes up. */
export const useToday = (): IsoDay => useMoment(dayOf)

/** The minute of the day (0 to 1439) in the business time zone. */
export const useMinute = (): number => useMoment(minuteOf)
