import type { ActivityKind, Channel, Direction } from '../../../shared/domain/activity.ts'
import { startOfDay } from '../../../shared/domain/instants.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import type { Tx } from '../../db/write.ts'
import { addActivityTx } from '../activities/write.ts'
import type { Random } from './random.ts'

const DAY = 86_400_000
const MINUTE = 60_000

/** What is said on such occasions in any trade; no word of a call nobody answered. */
const SAID: Readonly<Record<'out' | 'in' | 'message' | 'letter' | 'visit' | 'meeting', readonly string[]>> = {
  out: [
    'برای پیگیری زنگ زدم؛ گفت تا آخر هفته خبر می‌دهد.',
    'زمان بعدی را هماهنگ کردیم.',
    'دربارهٔ تسویه صحبت شد؛ گفت شنبه واریز می‌کند.',
    'احوال‌پرسی کردم؛ از کارمان راضی بود.',
    'گفت سرش شلوغ است، هفتهٔ بعد زنگ بزنیم.',
    'قیمت تازه را گفتم، باید با شریکش مشورت کند.',
  ],
  in: [
    'قیمت پرسید.',
    'آدرس پرسید و گفت حضوری می‌آید.',
    'از دیر شدن کار گله داشت؛ قرار شد پیگیری کنیم.',
    'شماره کارت خواست، برایش فرستادم.',
    'یکی از آشنایانش را معرفی کرد.',
    'ساعت کاری‌مان را پرسید.',
  ],
  message: [
    'قیمت‌ها را برایش فرستادم.',
    'عکس فرستادم، پسندید.',
    'شماره کارت را فرستادم.',
    'نشانی را با نقشه فرستادم.',
    'برای یادآوری پیام دادم.',
    'رسید واریز را فرستاد.',
  ],
  letter: ['پیش‌فاکتور فرستاده شد.', 'مدارک را فرستادند.', 'قرارداد برای امضا فرستاده شد.'],
  visit: ['سر زدم و حضوری صحبت کردیم.', 'کار را از نزدیک دیدم.', 'برای تحویل رفتم، خودش نبود.', 'نمونه را نشانش دادم.'],
  meeting: ['دربارهٔ همکاری سال بعد صحبت شد.', 'شرایط پرداخت را با هم نوشتیم.', 'خواسته‌هایش را یادداشت کردم.'],
}
const CHANNELS: readonly Channel[] = ['whatsapp', 'sms', 'telegram', 'bale', 'instagram', 'eitaa', 'email']

interface Talk {
  kind: ActivityKind
  direction?: Direction
  channel?: Channel
  body: string
  minutes?: number
}

function talk(random: Random, isCompany: boolean): Talk {
  const dice = random.next()
  const minutes = random.pick([2, 3, 4, 5, 7, 8, 10, 12, 15])
  if (dice < 0.28) return { kind: 'call', direction: 'out', body: random.pick(SAID.out), minutes }
  if (dice < 0.5) return { kind: 'call', direction: 'in', body: random.pick(SAID.in), minutes }
  if (dice < 0.6) return { kind: 'call', direction: 'missed', body: '' }
  if (dice < 0.85) {
    const channel = random.common(CHANNELS)
    const body = random.pick(channel === 'email' ? SAID.letter : SAID.message)
    return { kind: 'message', direction: random.chance(0.7) ? 'out' : 'in', channel, body }
  }
  const kind = isCompany && random.chance(0.5) ? 'meeting' : 'visit'
  return { kind, body: random.pick(SAID[kind]), minutes: random.pick([15, 20, 30, 45, 60, 90]) }
}

/** An hour at which shops are open, on the day so many days ago; never later than an hour ago. */
function openHour(random: Random, daysAgo: number, now: number): number {
  const at = startOfDay(dayOf(now - daysAgo * DAY)) + random.int(9 * 60, 19 * 60) * MINUTE
  return Math.min(at, now - 60 * MINUTE)
}

/**
 * What was spoken with one customer since it was added: a rhythm of its own, kept more or less. A third were never spoken with or not for long, so that
 * the lists of forgotten customers have someone in them.
 * @param outcomes ids of the list of outcomes: of a missed call the first ones, of others the rest
 */
export function addSampleTalks(
  tx: Tx,
  random: Random,
  about: { id: string; age: number; isCompany: boolean; outcomes: readonly string[] },
): void {
  const { id, age, isCompany, outcomes } = about
  if (random.chance(0.2)) return
  const gap = random.pick([7, 10, 14, 21, 30, 45])
  const days = Math.floor(age / DAY) - 1
  let ago = random.chance(0.75) ? random.int(0, gap) : random.int(gap, gap * 4)
  for (let i = 0; i < 6 && ago < days; i++) {
    const said = talk(random, isCompany)
    const known = said.direction === 'missed' ? outcomes.slice(0, 3) : outcomes.slice(3)
    const outcome_id = known.length > 0 && random.chance(0.45) ? random.pick(known) : null
    addActivityTx(tx, { ...said, party_ids: [id], outcome_id, at: openHour(random, ago, tx.now) })
    ago += Math.max(1, Math.round(gap * (0.6 + random.next() * 0.8)))
  }
}
