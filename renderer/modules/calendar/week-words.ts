import type { TFunction } from 'i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import type { WorkDay, WorkingWeek } from '../../../shared/domain/working-week.ts'
import type { Language } from '../../ui/locale.ts'
import { formatMinute } from '../../ui/when-text.ts'

const hoursKey = ({ kind, from, to }: WorkDay) => (kind === 'off' ? 'off' : `${from}-${to}`)

/** A working week as it is told: «شنبه تا چهارشنبه: ۰۹:۰۰ تا ۱۷:۰۰؛ جمعه: تعطیل». */
export function weekWords(week: WorkingWeek, t: TFunction, language: Language): string {
  const runs: Array<{ first: number; last: number; day: WorkDay }> = []
  week.forEach((day, i) => {
    const run = runs.at(-1)
    if (run && hoursKey(run.day) === hoursKey(day)) run.last = i
    else runs.push({ first: i, last: i, day })
  })
  const to = ` ${t('calendar:to')} `
  return runs
    .map(({ first, last, day }) => {
      const name = (i: number) => WEEKDAY_NAMES[language][i] ?? ''
      const days = first === last ? name(first) : name(first) + to + name(last)
      const hours =
        day.kind === 'off' ? t('calendar:week.off') : [day.from, day.to].map((m) => formatMinute(m, language)).join(to)
      return `${days}: ${hours}`
    })
    .join(t('tasks:form.dayComma'))
}
