import { useTranslation } from 'react-i18next'
import { ACTIVITY_KINDS } from '../../../shared/domain/activity.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { OneOf } from '../../ui/OneOf.tsx'
import { kindIcon, NextIcon } from './kind-icons.tsx'
import { LogFields } from './LogFields.tsx'
import { isEmptyLog } from './log-model.ts'
import { MentionField } from './MentionField.tsx'
import { NextFields } from './NextFields.tsx'
import { useLog } from './use-log.ts'

/** Where it is written down what happened: one row of kinds, the words, what the kind has besides, and the next step. Ctrl+Enter saves. */
export function LogBox({ partyId, isBrief }: { partyId: string; isBrief?: boolean }) {
  const { t } = useTranslation('activities')
  const { form, isReady, isNextNeeded, isRunning, change, setKind, setBadText, empty, save } = useLog(partyId)
  const canPlan = useCan('tasks.write')
  const keys = useFormKeys({ onSave: () => void save() })
  const isOpen = !isEmptyLog(form)
  const setNext = (next: typeof form.next) => change({ next })
  return (
    <form {...keys} aria-label={t('log')} className="flex flex-col gap-2" data-log-form>
      <OneOf
        label={t('kindLabel')}
        value={form.kind}
        onChange={setKind}
        options={ACTIVITY_KINDS.map((id) => ({ id }))}
        className="flex w-full gap-0.5 rounded-lg bg-surface-2 p-0.5"
        optionClassName="h-8 min-w-0 flex-1 justify-center rounded-md px-1.5 text-[0.8125rem] data-selected:bg-surface data-selected:font-semibold data-selected:text-text data-selected:shadow-[0_0_0_1px_var(--line)] [&>svg]:size-4 [&>svg]:shrink-0"
      >
        {({ id }) => (
          <>
            {isBrief ? null : kindIcon(id)}
            <span data-kind={id}>{t(`kind.${id}`)}</span>
          </>
        )}
      </OneOf>
      <MentionField
        label={t(`compose.${form.kind}`)}
        placeholder={t(`placeholder.${form.kind}`)}
        rows={isBrief ? 1 : 2}
        value={form.body}
        onChange={(body) => change({ body })}
        inputClassName="log-text"
      />
      {isOpen ? (
        <>
          <LogFields
            form={form}
            partyId={partyId}
            isBrief={isBrief}
            onChange={change}
            onBadWhen={setBadText('when')}
            onBadMinutes={setBadText('minutes')}
          />
          {form.next ? (
            <NextFields
              next={form.next}
              isBrief={isBrief}
              isNeeded={isNextNeeded}
              onChange={(part) => form.next && setNext({ ...form.next, ...part })}
              onRemove={() => {
                setBadText('next')(null)
                setNext(null)
              }}
              onBadWhen={setBadText('next')}
            />
          ) : null}
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              type="submit"
              variant="primary"
              kbd="Ctrl Enter"
              isDefault
              isDisabled={!isReady || isRunning}
            >
              {t(`save.${form.kind}`)}
            </Button>
            {canPlan && !form.next ? (
              <Button size="sm" icon={<NextIcon />} onPress={() => setNext({ kind: 'call', title: '', when: null })}>
                {t('next.add')}
              </Button>
            ) : null}
            <Button size="sm" variant="ghost" onPress={empty}>
              {t('discard')}
            </Button>
          </div>
        </>
      ) : null}
    </form>
  )
}
