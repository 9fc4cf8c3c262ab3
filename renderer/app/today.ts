import { useEffect, useState } from 'react'
import { dayOf, type IsoDay } from '../../shared/domain/jalali.ts'

const CHECK_MS = 20_000

/** Today in the business time zone; changes at midnight while the screen stays open, and after the PC wakes up. */
export function useToday(): IsoDay {
  const [day, setDay] = useState(() => dayOf(Date.now()))
  useEffect(() => {
    const look = () => setDay(dayOf(Date.now()))
    const timer = setInterval(look, CHECK_MS)
    addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      removeEventListener('visibilitychange', look)
    }
  }, [])
  return day
}
