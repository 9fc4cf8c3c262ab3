import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../ui/locale.ts'
import { WhenField } from '../../ui/WhenField.tsx'
import { formatWholeWhen } from '../../ui/when-text.ts'
import { isYetToCome, type LogForm, type NextForm } from '../activities/log-model.ts'
import { MentionField } from '../activities/MentionField.tsx'
import { MentionText } from '../activities/MentionText.tsx'
import { Mentions } from './BodyPart.tsx'
import type { Fixes } from './line-model.ts'
import { NextPartFields, NextValue } from './NextPart.tsx'
import { PartRow } from './PartRow.tsx'
import type { QuickLogState } from './use-quick-log.ts'
import { WhatFields, WhatValue } from './WhatPart.tsx'
import { WhoFields, WhoValue } from './WhoPart.tsx'

const EMPTY_NEXT: NextForm = { kind: 'call', title: '', when: null }

export type Part = 'what' | 'who' | 'at' | 'body' | 'next'

const FIXED_BY: Record<Part, ReadonlyArray<keyof Fixes>> = {
  what: ['happened', 'kind', 'direction', 'channel', 'minutes', 'outcome'],
  who: ['who'],
  at: ['when'],
  body: ['body'],
  next: ['next'],
}

/** What was understood of the line, part by part; each can be corrected where it stands. */
export function Parts(props: {
  log: QuickLogState
  open: Part | null
  onOpen: (part: Part | null) => void
  /** What is to be chosen before it can be saved. */
  choices: ReactNode
}) {
  const { log, open, onOpen, choices } = props
  const { t } = useTranslation('quicklog')
  const language = useLanguage()
  const { state, entry, read, now } = log
  const { happened, form } = entry
  const { fixes } = state.line
  const part = (id: Part, label: string) => ({
    id,
    label,
    isOpen: open === id,
    onOpen: (isOpen: boolean) => onOpen(isOpen ? id : null),
    ...(FIXED_BY[id].some((key) => key in fixes) && {
      onReset: () => {
        for (const field of id === 'next' ? ['next', 'rule'] : id === 'at' ? ['at'] : []) log.setWhenBad(field)(null)
        state.unfix(FIXED_BY[id])
      },
    }),
  })
  const { next } = form
  const setNext = (next: LogForm['next']) => state.fix({ next })
  return (
    <>
      <PartRow {...part('what', t('part.what'))} fields={<WhatFields entry={entry} onFix={state.fix} />}>
        <WhatValue entry={entry} />
      </PartRow>
      <PartRow
        {...part('who', t('part.who'))}
        fields={<WhoFields entry={entry} onWho={(who) => state.fix({ who })} />}
        below={open === 'who' ? null : choices}
      >
        <WhoValue entry={entry} />
      </PartRow>
      {happened ? (
        <PartRow
          {...part('at', t('part.at'))}
          fields={
            <WhenField
              label={t('activities:when')}
              placeholder={t('activities:now')}
              now={now}
              value={form.when}
              onChange={(when) => state.fix({ when })}
              onInvalidText={log.setWhenBad('at')}
              error={isYetToCome(form.when, Date.now()) ? t('errors:NOT_YET') : undefined}
            />
          }
        >
          {form.when ? formatWholeWhen(form.when, language) : t('activities:now')}
        </PartRow>
      ) : null}
      {happened ? (
        <PartRow
          {...part('body', t('part.body'))}
          fields={
            <MentionField label={t('part.body')} rows={2} value={form.body} onChange={(body) => state.fix({ body })} />
          }
        >
          {form.body ? <MentionText text={form.body} /> : <span className="text-muted">{t('noWords')}</span>}
          <Mentions text={form.body} line={state.line.text} typed={read.mentions} />
        </PartRow>
      ) : null}
      <PartRow
        {...part('next', t(happened ? 'part.next' : 'part.task'))}
        fields={
          <NextPartFields
            next={next ?? EMPTY_NEXT}
            now={now}
            onChange={(change) => setNext({ ...(next ?? EMPTY_NEXT), ...change })}
            onRemove={() => {
              log.setWhenBad('next')(null)
              log.setWhenBad('rule')(null)
              if (happened) setNext(null)
              else state.unfix(['next'])
              onOpen(null)
            }}
            onBad={log.setWhenBad}
          />
        }
      >
        <NextValue
          next={next}
          noDay={'next' in fixes ? null : read.noDay}
          tooOften={'next' in fixes ? null : read.tooOften}
        />
      </PartRow>
    </>
  )
}
