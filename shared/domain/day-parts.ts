/**
 * Parts of the day as said: the minute they mean when no hour is said, and between which minutes an hour said with them lies («۷ صبح» is
 * 07:00, «۷ شب» 19:00, «۱ شب» 01:00 of the night that follows: minutes from 1440 on are the next day). Working days of shops:
 * settings may change the calendar, never the meaning of a word.
 */
type DayPart = { words: readonly string[]; at: number; from: number; to: number }

const h = (hours: number) => hours * 60

const DAY_PARTS: readonly DayPart[] = [
  { words: ['صبح زود', 'اول صبح', 'سر صبح', 'کله سحر', 'early morning'], at: h(7), from: h(3), to: h(12) },
  { words: ['صبح', 'صبحی', 'in the morning', 'morning'], at: h(9), from: h(1), to: h(12) },
  { words: ['اول وقت', 'صبح اول وقت', 'اول وقت صبح', 'اول وقت اداری'], at: h(8), from: h(6), to: h(12) },
  { words: ['قبلازظهر'], at: h(11), from: 0, to: h(12) },
  { words: ['ظهر', 'سر ظهر', 'دم ظهر', 'noon', 'midday'], at: h(12), from: h(11), to: h(16) },
  { words: ['بعد از ناهار', 'بعد ناهار', 'after lunch'], at: h(14), from: h(12), to: h(18) },
  { words: ['بعدازظهر', 'in the afternoon', 'afternoon'], at: h(16), from: h(12), to: h(21) },
  { words: ['عصر', 'عصری', 'دم عصر', 'سر عصر'], at: h(17), from: h(14), to: h(21) },
  { words: ['غروب', 'دم غروب', 'سر شب', 'in the evening', 'evening'], at: h(19), from: h(16), to: h(23) },
  {
    words: ['اخر وقت', 'پایان وقت', 'ته وقت', 'اخر وقت اداری', 'پایان وقت اداری', 'end of day'],
    at: h(17),
    from: h(13),
    to: h(24),
  },
  { words: ['شب', 'at night', 'night'], at: h(21), from: h(18), to: h(29) },
  { words: ['اخر شب'], at: h(23), from: h(21), to: h(29) },
  { words: ['نیمهشب', 'midnight'], at: h(24), from: h(23), to: h(29) },
  { words: ['بامداد', 'سحر'], at: h(5), from: 0, to: h(8) },
  { words: ['am'], at: -1, from: 0, to: h(12) },
  { words: ['pm'], at: -1, from: h(12), to: h(24) },
]

const PART_OF = new Map(DAY_PARTS.flatMap((part) => part.words.map((word) => [word, part] as const)))
const WORDS = [...PART_OF.keys()].sort((a, b) => b.length - a.length).join('|')
const AT_START = new RegExp(`^(${WORDS})(?: (.+))?$`)
const AT_END = new RegExp(`^(?:(.+?) )??(${WORDS})$`)

/** Splits «۵ عصر» or «عصر ساعت ۵» (from `spokenText`) into the part of the day and what is said beside it. */
export function takeDayPart(said: string): { part: DayPart | null; rest: string } {
  const end = AT_END.exec(said)
  if (end) return { part: PART_OF.get(end[2]!)!, rest: end[1] ?? '' }
  const start = AT_START.exec(said)
  return start ? { part: PART_OF.get(start[1]!)!, rest: start[2] ?? '' } : { part: null, rest: said }
}
