import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { allHours, type Hours, MOST_HOURS, type WorkDay } from '../../../shared/domain/working-week.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { TimeField } from './TimeField.tsx'

/** What shops that close at noon mostly keep: four hours of work, four of pause, four of work. */
const PART = 4 * 60

/** With a pause: a long day is parted, else further hours come behind it. */
function withPause(hours: readonly Hours[]): Hours[] {
  const last = hours.at(-1) ?? { from: 9 * 60, to: 13 * 60 }
  const noon = last.to - last.from > PART && last.from + 2 * PART < 1440 ? last.from + PART : last.to
  const from = Math.min(noon + PART, 1380)
  return [...hours.slice(0, -1), { from: last.from, to: noon }, { from, to: Math.min(from + PART, 1440) }]
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
  const canAdd = !isDisabled && hours.length < MOST_HOURS && (hours.at(-1)?.to ?? 0) < 1380
  const put = (i: number, part: Partial<Hours>) =>
    onChange(hours.map((one, k) => (k === i ? { ...one, ...part } : one)))
  const error = (i: number, end: 'from' | 'to') => {
    const one = hours[i]
    if (end === 'to') return one && one.from >= one.to ? t('week.backwards') : undefined
    return i > 0 && one && one.from <= (hours[i - 1]?.to ?? 0) ? t('week.overlap') : undefined
  }
  return (
    <div className="flex flex-col gap-1.5">
      {hours.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hours have no name but their place
        <span key={i} className="flex items-start gap-1.5">
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
          {i === hours.length - 1 && canAdd ? (
            <IconButton
              size="sm"
              className="mt-1"
              label={t('week.addHours', { day: name })}
              icon={<Plus />}
              onPress={() => onChange(withPause(hours))}
            />
          ) : null}
        </span>
      ))}
    </div>
  )
}
