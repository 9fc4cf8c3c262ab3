import type { TFunction } from 'i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import { allHours, type WorkDay, type WorkingWeek } from '../../../shared/domain/working-week.ts'
import type { Language } from '../../ui/locale.ts'
import { formatMinute } from '../../ui/when-text.ts'

const hoursKey = (day: WorkDay) => (day.kind === 'off' ? 'off' : JSON.stringify(allHours(day)))

/** «۰۹:۰۰ تا ۱۳:۰۰ و ۱۷:۰۰ تا ۲۱:۰۰»; «تعطیل». */
export const hoursWords = (day: WorkDay, t: TFunction, language: Language): string =>
  day.kind === 'off'
    ? t('calendar:week.off')
    : allHours(day)
        .map(({ from, to }) => [from, to].map((m) => formatMinute(m, language)).join(` ${t('calendar:to')} `))
        .join(` ${t('calendar:and')} `)

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
      return `${days}: ${hoursWords(day, t, language)}`
    })
    .join(t('tasks:form.dayComma'))
}
