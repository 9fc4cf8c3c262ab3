import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { allHours, type Hours, MOST_HOURS, type WorkDay } from '../../../shared/domain/working-week.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { TimeField } from './TimeField.tsx'

/** What shops that close at noon mostly keep: four hours of pause, and four of work. */
const PAUSE = 4 * 60
const LENGTH = 4 * 60

const nextHours = (last: Hours): Hours => {
  const from = Math.min(last.to + PAUSE, 1380)
  return { from, to: Math.min(from + LENGTH, 1440) }
}

/** The hours of a day, one after the other: «۹ تا ۱۳» and, with a pause at noon, «۱۷ تا ۲۱». */
export function DayHours(props: {
  day: WorkDay
  name: string
  isDisabled: boolean
  onChange: (hours: readonly Hours[]) => void
  /** `field` is unique in the day. */
  onBad: (field: string, isBad: boolean) => void
}) {
  const { day, name, isDisabled, onChange, onBad } = props
  const { t } = useTranslation('calendar')
  const hours = allHours(day)
  const last = hours.at(-1)
  const put = (i: number, part: Partial<Hours>) =>
    onChange(hours.map((one, k) => (k === i ? { ...one, ...part } : one)))
  const error = (i: number, end: 'from' | 'to') => {
    const one = hours[i]
    if (end === 'to') return one && one.from >= one.to ? t('week.backwards') : undefined
    return i > 0 && one && one.from <= (hours[i - 1]?.to ?? 0) ? t('week.overlap') : undefined
  }
  return (
    <>
      {hours.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hours have no name but their place
        <span key={i} className="flex items-start gap-1.5">
          {i > 0 ? <span className="pt-1.5 text-muted">{t('and')}</span> : null}
          {(['from', 'to'] as const).map((end) => (
            <TimeField
              key={end}
              label={t(`week.${end}Of`, { day: name })}
              labelHidden
              className="w-24"
              value={one[end]}
              isDisabled={isDisabled}
              onChange={(minute) => minute !== null && put(i, { [end]: minute })}
              onInvalidText={(text) => onBad(`${i} ${end}`, text !== null)}
              error={error(i, end)}
            />
          ))}
          {i > 0 && !isDisabled ? (
            <IconButton
              size="sm"
              className="mt-1"
              label={t('week.removeHours', { day: name })}
              icon={<X />}
              onPress={() => {
                for (const end of ['from', 'to']) onBad(`${i} ${end}`, false)
                onChange(hours.filter((_, k) => k !== i))
              }}
            />
          ) : null}
        </span>
      ))}
      {isDisabled || !last || hours.length >= MOST_HOURS || last.to >= 1380 ? null : (
        <IconButton
          size="sm"
          className="mt-1"
          label={t('week.addHours', { day: name })}
          icon={<Plus />}
          onPress={() => onChange([...hours, nextHours(last)])}
        />
      )}
    </>
  )
}
