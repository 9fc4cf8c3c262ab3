import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../../shared/domain/format.ts'
import type { IsoDay } from '../../../shared/domain/jalali.ts'
import { spokenRule, type TooOften } from '../../../shared/domain/parse-rule.ts'
import { parseRule, ruleText } from '../../../shared/domain/recurrence.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Menu } from '../../ui/Menu.tsx'
import { ParsedField } from '../../ui/ParsedField.tsx'
import { nextDays, ruleExplained, rulePresets, ruleWords } from './rule-words.ts'

type Read = { text: string; minute: number | null; tooOften: TooOften | null }

/** When a task comes again: said («پنجم هر ماه», «هر دو هفته شنبه‌ها») or picked, with the next days below. The value is the stored text of the rule. */
export function RuleField(props: {
  value: string | null
  /** The day the task is for; presets and counting begin there. */
  start: IsoDay
  /** `minute`: a time that was said along with it. */
  onChange: (rule: string | null, minute: number | null) => void
  onInvalidText: (text: string | null) => void
}) {
  const { value, start, onChange, onInvalidText } = props
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const [tooOften, setTooOften] = useState<TooOften | null>(null)
  const wordsOf = (text: string) => {
    const rule = parseRule(text)
    return rule ? ruleWords(rule, t, language) : t('rule.unknown')
  }
  return (
    <ParsedField<Read>
      label={t('form.repeat')}
      placeholder={t('form.repeatHint')}
      inputDir="auto"
      value={value === null ? null : { text: value, minute: null, tooOften: null }}
      warning={tooOften ? t(`rule.tooOften.${tooOften}`) : undefined}
      onChange={(read) => {
        setTooOften(read?.tooOften ?? null)
        onChange(read?.text ?? null, read?.minute ?? null)
      }}
      onInvalidText={onInvalidText}
      show={({ text }) => wordsOf(text)}
      edit={({ text }) => wordsOf(text)}
      parse={(text) => {
        const said = text.trim()
        if (said === '') return { ok: true, value: null }
        // Left as it stands it stays what it was, also where the words say it otherwise than people do.
        if (value !== null && said === wordsOf(value))
          return { ok: true, value: { text: value, minute: null, tooOften } }
        const read = spokenRule(said, start)
        return read
          ? { ok: true, value: { text: ruleText(read.rule), minute: read.minute, tooOften: read.tooOften } }
          : { ok: false, message: t('form.badRule') }
      }}
      hint={({ text }) => <RuleHint text={text} start={start} />}
      suffix={
        <span data-skip-enter>
          <Menu
            label={t('form.repeatPick')}
            trigger={
              <IconButton
                size="sm"
                label={t('form.repeatPick')}
                icon={<ChevronDown />}
                excludeFromTabOrder={false}
                className="me-1"
              />
            }
            items={[
              ...(value === null
                ? []
                : [{ id: 'none', label: t('rule.none'), onAction: () => onChange(null, null) }, 'separator' as const]),
              ...rulePresets(start).map((text) => ({
                id: text,
                label: wordsOf(text),
                onAction: () => {
                  onInvalidText(null)
                  setTooOften(null)
                  onChange(text, null)
                },
              })),
            ]}
          />
        </span>
      }
    />
  )
}

/** The next three days, and what happens in months that lack the day. */
function RuleHint({ text, start }: { text: string; start: IsoDay }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const rule = parseRule(text)
  if (!rule) return t('rule.unknown')
  const explained = ruleExplained(rule, t, language)
  const days = rule.kind === 'afterDone' ? [] : nextDays(rule, start)
  return (
    <span className="flex flex-col gap-0.5">
      {days.length > 0 ? (
        <span>
          {t('form.nextDays', {
            days: days
              .map(({ day, isMoved }) => formatDay(day, language, 'short') + (isMoved ? t('form.lastOfMonth') : ''))
              .join(t('form.dayComma')),
          })}
        </span>
      ) : rule.kind === 'afterDone' ? null : (
        <span className="text-warn">{t('form.noDays')}</span>
      )}
      {explained ? <span>{explained}</span> : null}
    </span>
  )
}
