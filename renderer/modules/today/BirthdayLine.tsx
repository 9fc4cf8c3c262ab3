import { Gift, MessageSquare, Phone, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatRelativeDay } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { Name } from '../customers/Name.tsx'
import { LineMenu } from './LineButton.tsx'
import { Facts, LineRow } from './LineRow.tsx'
import type { Line } from './use-today-page.ts'

const WAYS = [
  { how: 'call', icon: <Phone /> },
  { how: 'message', icon: <MessageSquare /> },
  { how: 'in_person', icon: <Users /> },
] as const

/** A birthday of today or the next days; the greeting is logged from here, then it is done for this year. */
export function BirthdayLine({ line, today }: { line: Extract<Line, { type: 'birthday' }>; today: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const { party, day, age } = line
  const greet = useCommand(api.today.greet, { message: () => t('birthday.greeted', { name: party.name }) })
  const when = formatRelativeDay(day, today, language)
  return (
    <LineRow
      id={line.key}
      label={t('label.birthday', { name: party.name, when })}
      tone={day === today ? 'violet' : 'neutral'}
      badge={when}
      title={<Name name={party.name} />}
      facts={
        <Facts>
          {age !== null && age > 0 && age < 130
            ? t('birthday.age', { count: age, n: formatNumber(age, language) })
            : party.phone
              ? null
              : t('birthday.noAge')}
          {party.phone ? <PhoneText phone={party.phone} /> : null}
        </Facts>
      }
    >
      <LineMenu
        by="Space"
        icon={<Gift />}
        label={t('birthday.greet')}
        title={t('birthday.how')}
        isDisabled={greet.isRunning}
        items={() =>
          WAYS.map(({ how, icon }) => ({
            id: how,
            label: t(`birthday.${how}`),
            icon,
            onAction: () => void greet.run({ party_id: party.id, how }),
          }))
        }
      />
    </LineRow>
  )
}
