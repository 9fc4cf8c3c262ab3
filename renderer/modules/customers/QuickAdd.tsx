import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { splitName } from '../../../shared/domain/name.ts'
import { PARTY_KINDS } from '../../../shared/domain/party.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { useBusiness } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import type { AddDialogProps } from '../../app/module.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { PhoneField } from '../../ui/PhoneField.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AskTaken } from './AskTaken.tsx'
import { Duplicates } from './Duplicates.tsx'
import { nameOfForm } from './form-model.ts'
import { EMPTY_QUICK, formOfQuick, inputOfQuick, isEmptyQuick, kindOf, type Quick, quickOfText } from './quick-model.ts'
import { type DuplicateHit, useDuplicates } from './use-duplicates.ts'
import { useNameText } from './use-name-text.ts'

/** Name, Enter, number, Enter: a customer in a few seconds; the rest can come later. */
export function QuickAdd({ isOpen, onClose, text }: AddDialogProps) {
  return isOpen ? <QuickForm onClose={onClose} text={text} /> : null
}

function QuickForm({ onClose, text }: { onClose: () => void; text?: string }) {
  const { t } = useTranslation('customers')
  const app = useApp()
  const nameText = useNameText()
  const areaCode = useBusiness()?.area_code ?? undefined
  const draft = useDraft<Quick>('customers.quick')
  const [quick, setQuick] = useState<Quick>(() => (text ? quickOfText(text) : EMPTY_QUICK))
  const [isTouched, setTouched] = useState(!!text)
  const [isNeeded, setNeeded] = useState(false)
  // Who has this number already, and which of the two buttons asked; shown when saving was asked for.
  const [taken, setTaken] = useState<{ hit: DuplicateHit; andMore: boolean } | null>(null)
  const [isAsking, setAsking] = useState(false)
  const phone = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (draft.restored && !isTouched) setQuick({ ...EMPTY_QUICK, ...draft.restored })
  }, [draft.restored, isTouched])

  const change = (part: Partial<Quick>) => {
    const next = { ...quick, ...part }
    setQuick(next)
    setTouched(true)
    setNeeded(false)
    setTaken(null)
    if (isEmptyQuick(next)) draft.clear()
    else draft.save(next)
  }
  const kind = kindOf(quick)
  const { first, last } = splitName(quick.name)
  const hits = useDuplicates({ phones: [quick.phone], name: quick.name })
  const add = useCommand((each: Quick) => api.customers.add(inputOfQuick(each)), {
    message: (_, each) => t('quick.added', { name: nameText(nameOfForm(formOfQuick(each)) || each.phone) }),
  })
  const isTaken = async (andMore: boolean): Promise<boolean> => {
    // Asked anew: what is on the screen may be behind a fast hand. Not answered means nobody is known to have it.
    const found = await api.customers.duplicates({ phones: [quick.phone] }).catch(() => [])
    const hit = found.find(({ why }) => why.includes('phone'))
    setTaken(hit ? { hit, andMore } : null)
    return !!hit
  }
  /** The first time a number is found in the book, saving asks; the second time it is done. */
  const save = async (andMore: boolean) => {
    if (add.isRunning || isAsking) return
    if (isEmptyQuick(quick)) return setNeeded(true)
    if (!taken && quick.phone.trim()) {
      setAsking(true)
      const isStop = await isTaken(andMore).finally(() => setAsking(false))
      if (isStop) return
    }
    const added = await add.run(quick)
    if (!added) return
    draft.clear()
    onClose()
    app.go(andMore ? `/customers/${added.id}/edit` : `/customers?open=${added.id}`)
  }
  const keys = useFormKeys({ onSave: () => void save(false), onCancel: onClose })
  const isRestored = !!draft.restored && !isTouched && !isEmptyQuick(quick)
  return (
    <Dialog
      isOpen
      isSaving={isAsking || add.isRunning}
      onClose={onClose}
      title={t('quick.title')}
      footer={
        <>
          <Button variant="primary" kbd="F2" isDisabled={add.isRunning} onPress={() => void save(false)}>
            {t('quick.save')}
          </Button>
          <Button isDisabled={add.isRunning} onPress={() => void save(true)}>
            {t('quick.saveAndMore')}
          </Button>
        </>
      }
    >
      <form
        {...keys}
        onKeyDownCapture={(event) => {
          // The last box saves: «Enter Enter» is the whole form.
          const isLast = event.target === phone.current && event.key === 'Enter' && !event.ctrlKey && !event.metaKey
          if (!isLast || event.nativeEvent.isComposing) return keys.onKeyDownCapture(event)
          event.preventDefault()
          event.stopPropagation()
          void save(false)
        }}
        className="flex flex-col gap-3.5"
      >
        {isRestored ? (
          <p className="flex items-center gap-2 text-xs text-muted">
            {t('quick.kept')}
            <Button size="sm" variant="ghost" onPress={() => change(EMPTY_QUICK)}>
              {t('quick.discard')}
            </Button>
          </p>
        ) : null}
        <TextField
          label={t(kind === 'company' ? 'quick.companyName' : 'quick.name')}
          value={quick.name}
          onChange={(name) => change({ name })}
          error={isNeeded ? t('quick.needed') : undefined}
          description={
            quick.name.trim() === ''
              ? undefined
              : kind === 'company' && quick.kind === null
                ? t('quick.guessCompany')
                : kind === 'person' && first
                  ? t('quick.parts', { first, last })
                  : undefined
          }
          autoComplete="off"
          autoFocus
        />
        <PhoneField
          ref={phone}
          label={t(kind === 'company' ? 'quick.companyPhone' : 'quick.phone')}
          value={quick.phone}
          onChange={(value) => change({ phone: value })}
          areaCode={areaCode}
          autoComplete="off"
        />
        <SegmentedControl
          label={t('field.party.kind')}
          value={kind}
          onChange={(next) => change({ kind: next })}
          options={PARTY_KINDS.map((id) => ({ id, label: t(`kind.${id}`) }))}
        />
        {taken ? (
          <AskTaken
            hit={taken.hit}
            onOpen={() => {
              draft.clear()
              onClose()
              app.go(`/customers/${taken.hit.customer.id}`)
            }}
            onSave={() => void save(taken.andMore)}
          />
        ) : (
          <Duplicates
            hits={hits}
            onOpen={() => {
              draft.clear()
              onClose()
            }}
          />
        )}
      </form>
    </Dialog>
  )
}
