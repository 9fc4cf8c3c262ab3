import { BellOff, CalendarPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { addDays, dayOf, daysBetween } from '../../../shared/domain/jalali.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { Name } from '../customers/Name.tsx'
import { LineButton } from './LineButton.tsx'
import { Facts, LineRow } from './LineRow.tsx'
import { PUT_OFF_DAYS } from './today-model.ts'
import type { Line } from './use-today-page.ts'

/** A customer past the own rhythm with nothing planned: a call for tomorrow in one press, or not now. */
export function SlippedLine({ line, today }: { line: Extract<Line, { type: 'slipped' }>; today: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const { party, last_contact, every, since } = line
  const plan = useCommand(api.tasks.add, { message: () => t('slipped.planned', { name: party.name }) })
  const later = useCommand(api.today.putOff, { message: () => t('slipped.putOff', { name: party.name }) })
  const n = (count: number) => ({ count, n: formatNumber(count, language) })
  const quiet = last_contact === null ? null : Math.max(0, daysBetween(dayOf(last_contact), today))
  const silence = quiet === null ? t('slipped.never') : t('slipped.quiet', n(quiet))
  return (
    <LineRow
      id={line.key}
      label={t('label.slipped', { name: party.name, facts: silence })}
      tone="warn"
      badge={t('slipped.days', n(Math.max(0, daysBetween(since, today))))}
      title={<Name name={party.name} />}
      facts={<Facts>{every === null ? silence : `${t('slipped.every', n(every))} ${silence}`}</Facts>}
    >
      <LineButton
        by="X"
        isIcon
        icon={<BellOff />}
        label={t('slipped.notNow', n(PUT_OFF_DAYS))}
        isDisabled={later.isRunning}
        onPress={() => void later.run({ party_id: party.id, until: addDays(today, PUT_OFF_DAYS) })}
      />
      <LineButton
        by="Space"
        icon={<CalendarPlus />}
        label={t('slipped.plan')}
        isDisabled={plan.isRunning}
        onPress={() =>
          void plan.run({ kind: 'call', title: t('slipped.task'), party_id: party.id, due_date: addDays(today, 1) })
        }
      />
    </LineRow>
  )
}
