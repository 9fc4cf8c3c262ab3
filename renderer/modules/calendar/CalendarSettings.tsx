import { useBusiness } from '../../api/session.ts'
import { HolidaysCard } from './HolidaysCard.tsx'
import { WeekCard } from './WeekCard.tsx'

/** The working week and the holidays of the business. */
export function CalendarSettings() {
  const business = useBusiness()
  if (!business) return null
  return (
    <>
      <WeekCard week={business.week} dayBegins={business.day_begins} />
      <HolidaysCard />
    </>
  )
}
