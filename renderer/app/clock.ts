import { type IsoDay, wallTime } from '../../shared/domain/jalali.ts'

/** A clock that was put forward, or a PC that slept, is noticed within this time. */
const CHECK_MS = 20_000
const MINUTE_MS = 60_000

export interface Moment {
  /** In the business time zone. */
  day: IsoDay
  /** Minute of that day. */
  minute: number
}

export function momentOf(epochMs: number): Moment {
  const { day, time } = wallTime(epochMs)
  const [hours, minutes] = time.split(':')
  return { day, minute: Number(hours) * 60 + Number(minutes) }
}

/** What the clock needs of the window; a test gives its own. */
export interface ClockHost {
  now(): number
  /** Once, after so many ms; gives what takes it back. */
  after(ms: number, run: () => void): () => void
  /** When the window comes to the front, gets the focus, or is thawed; gives what stops it. */
  onWake(run: () => void): () => void
}

/**
 * Calls `told` with each new minute of the wall clock: at the turn of the minute (so at midnight, not some seconds after), and at once when
 * the window wakes up. Timers stand still while a PC sleeps and run late in a window at the back, so each time the clock itself is read.
 */
export function watchClock(host: ClockHost, told: (moment: Moment) => void): () => void {
  let known = key(momentOf(host.now()))
  let stop = () => {}
  const look = () => {
    stop()
    const moment = momentOf(host.now())
    if (key(moment) !== known) {
      known = key(moment)
      told(moment)
    }
    // A few ms into the minute: timers may come early.
    stop = host.after(Math.min(CHECK_MS, MINUTE_MS - (host.now() % MINUTE_MS) + 5), look)
  }
  const sleepless = host.onWake(look)
  look()
  return () => {
    stop()
    sleepless()
  }
}

const key = ({ day, minute }: Moment) => `${day} ${minute}`

const WAKING = ['visibilitychange', 'focus', 'pageshow', 'resume'] as const

export const windowClock: ClockHost = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  onWake(run) {
    const places = [window, document]
    for (const place of places) for (const event of WAKING) place.addEventListener(event, run)
    return () => {
      for (const place of places) for (const event of WAKING) place.removeEventListener(event, run)
    }
  },
}
