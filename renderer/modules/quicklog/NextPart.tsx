import { Repeat, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { firstOf } from '../../../shared/domain/line-rule.ts'
import type { TooOften } from '../../../shared/domain/parse-rule.ts'
import type { Now } from '../../../shared/domain/parse-when.ts'
import { parseRule } from '../../../shared/domain/recurrence.ts'
import { useUser } from '../../api/session.ts'
import { useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { noDayText } from '../../ui/no-day-text.ts'
import { Select } from '../../ui/Select.tsx'
import { formatWholeWhen } from '../../ui/when-text.ts'
import type { NextForm } from '../activities/log-model.ts'
import { NextFields } from '../activities/NextFields.tsx'
import { kindIcon } from '../tasks/kind-icons.tsx'
import { RuleField } from '../tasks/RuleField.tsx'
import { ruleWords } from '../tasks/rule-words.ts'
import { useColleagues } from '../users/use-colleagues.ts'

/** What comes next, when, how it comes again and who does it. */
export function NextValue(props: {
  next: NextForm | null
  /** Words of the line that look like a day and are none. */
  noDay: string | null
  /** The rule is once of what the line says to be several times. */
  tooOften: TooOften | null
}) {
  const { next, noDay, tooOften } = props
  const { t } = useTranslation('quicklog')
  const language = useLanguage()
  const today = useToday()
  const rule = next?.rule ? parseRule(next.rule) : null
  const why = noDay && noDayText(noDay, today, t, language)
  return (
    <>
      {next ? (
        <>
          <Badge tone="violet" icon={kindIcon(next.kind)}>
            {next.when ? formatWholeWhen(next.when, language) : t('noDay')}
          </Badge>
          {rule ? (
            <Badge tone="violet" icon={<Repeat />}>
              {ruleWords(rule, t, language)}
            </Badge>
          ) : null}
          {next.owner ? (
            <Badge tone="accent" icon={<UserRound />}>
              <bdi>{t('forColleague', { name: next.owner.label })}</bdi>
            </Badge>
          ) : null}
          <bdi className="min-w-0 truncate">{next.title || t(`activities:next.named.${next.kind}`)}</bdi>
        </>
      ) : (
        <span className="text-muted">{t('noNext')}</span>
      )}
      {rule && tooOften ? (
        <span className="w-full whitespace-normal text-xs text-warn">{t(`tasks:rule.tooOften.${tooOften}`)}</span>
      ) : null}
      {why ? (
        <Badge tone="warn">
          <bdi>{t('impossible', { text: noDay, why })}</bdi>
        </Badge>
      ) : null}
    </>
  )
}

export function NextPartFields(props: {
  next: NextForm
  now: Now
  onChange: (part: Partial<NextForm>) => void
  onRemove: () => void
  onBad: (field: string) => (text: string | null) => void
}) {
  const { next, now, onChange, onRemove, onBad } = props
  const { t } = useTranslation('quicklog')
  const me = useUser()
  const { list } = useColleagues()
  const repeat = (text: string | null, minute: number | null) => {
    const rule = text === null ? null : parseRule(text)
    const at = minute ?? next.when?.minute ?? null
    const first = rule && firstOf(rule, at, now.day, now)
    onChange({ rule: text, ...(first && { when: first }) })
  }
  return (
    <>
      <NextFields next={next} onChange={onChange} onRemove={onRemove} onBadWhen={onBad('next')} />
      <div className="grid grid-cols-2 items-start gap-x-3">
        <RuleField
          value={next.rule ?? null}
          start={next.when?.day ?? now.day}
          onChange={repeat}
          onInvalidText={onBad('rule')}
        />
        {list.length > 1 ? (
          <Select
            label={t('tasks:form.owner')}
            value={next.owner?.id ?? me?.id ?? null}
            onChange={(id) => {
              const user = list.find((one) => one.id === id)
              onChange({ owner: user && user.id !== me?.id ? { id: user.id, label: user.name } : null })
            }}
            options={list.map(({ id, name }) => ({ id, label: id === me?.id ? t('tasks:me', { name }) : name }))}
          />
        ) : null}
      </div>
    </>
  )
}
