import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorText } from '../../api/errors.ts'
import { useUser } from '../../api/session.ts'
import { useToday } from '../../app/today.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { WhenField } from '../../ui/WhenField.tsx'
import { partyChoices } from '../activities/party-choices.ts'
import { useDayNote } from '../calendar/use-day-note.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import { CheckListField } from './CheckListField.tsx'
import { Clash } from './Clash.tsx'
import { kindIcon } from './kind-icons.tsx'
import { RemindersField } from './RemindersField.tsx'
import { RuleField } from './RuleField.tsx'
import { addInput, isChanged, remindersOf, type TaskForm, updateInput } from './task-form.ts'
import type { Priority, TaskKind } from './tasks-model.ts'
import { useTaskForm } from './use-task-form.ts'

const KINDS: readonly TaskKind[] = ['todo', 'call', 'meeting', 'visit', 'message']
const PRIORITIES: readonly Priority[] = [0, 1, 2]
const NOBODY = 'nobody'

/** A task, new or written already (`id`), with everything that belongs to it. What is half-written stays, whatever happens. */
export function TaskDialog(props: {
  id?: string
  /** What a new one begins with; it keeps no draft of its own then. */
  initial?: Partial<TaskForm>
  onClose: () => void
  onSaved?: (id: string) => void
}) {
  const { id, initial, onClose, onSaved } = props
  const { t } = useTranslation('tasks')
  const { state, task, error, change, clash, isRestored, discard, clearDraft } = useTaskForm(id, initial)
  const [bad, setBad] = useState<Record<string, string | null>>({})
  const [isNeeded, setNeeded] = useState(false)
  const add = useCommand(api.tasks.add, { message: () => t('said.added') })
  const update = useCommand(api.tasks.update, { message: () => t('said.saved') })
  const isRunning = add.isRunning || update.isRunning
  const isBad = Object.values(bad).some((text) => text != null)
  const title = t(id ? 'form.edit' : 'form.new')
  const save = async () => {
    if (!state || isRunning || isBad) return
    const { base, form } = state
    if (form.title.trim() === '') return setNeeded(true)
    if (id) {
      const input = updateInput(id, base, form)
      if (input && !(await update.run(input))) return
      onSaved?.(id)
    } else {
      const made = await add.run(addInput(form))
      if (!made) return
      onSaved?.(made.id)
    }
    clearDraft()
    onClose()
  }
  const keys = useFormKeys({ onSave: () => void save(), onCancel: onClose })
  return (
    <Dialog
      isOpen
      isSaving={isRunning}
      onClose={onClose}
      size="lg"
      title={title}
      className="max-w-2xl"
      footer={
        state ? (
          <Button
            variant="primary"
            kbd="F2"
            type="submit"
            form="task-form"
            isDefault
            isDisabled={isRunning || isBad || (id !== undefined && !isChanged(state.base, state.form))}
          >
            {t(id ? 'form.save' : 'form.add')}
          </Button>
        ) : undefined
      }
    >
      {error ? <ErrorState title={errorText(t, error)} /> : null}
      {state ? (
        <form {...keys} id="task-form" className="flex flex-col gap-3.5">
          {isRestored ? (
            <p className="flex items-center gap-2 text-xs text-muted">
              {t('form.kept')}
              <Button size="sm" variant="ghost" onPress={discard}>
                {t('form.discard')}
              </Button>
            </p>
          ) : null}
          <Clash fields={clash} base={state.base} form={state.form} />
          {task?.deleted ? <p className="text-warn">{t('form.deleted')}</p> : null}
          <Fields
            form={state.form}
            change={(part) => {
              setNeeded(false)
              change(part)
            }}
            error={isNeeded ? t('form.needed') : undefined}
            ownerWas={task?.owner_was ?? null}
            onBad={(field, text) => setBad((before) => ({ ...before, [field]: text }))}
          />
        </form>
      ) : null}
    </Dialog>
  )
}

function Fields(props: {
  form: TaskForm
  change: (part: Partial<TaskForm>) => void
  error: string | undefined
  ownerWas: string | null
  onBad: (field: string, text: string | null) => void
}) {
  const { form, change, error, ownerWas, onBad } = props
  const { t } = useTranslation('tasks')
  const me = useUser()
  const today = useToday()
  const { list } = useColleagues()
  const dayNote = useDayNote(form.when)
  const chosen = list.find(({ id }) => id === form.owner_id)
  const owners = [
    ...list.map(({ id, name }) => ({ id, label: id === me?.id ? t('me', { name }) : name })),
    { id: NOBODY, label: t('nobody') },
  ]
  return (
    <>
      <TextField
        label={t('form.title')}
        value={form.title}
        onChange={(title) => change({ title })}
        error={error}
        maxLength={500}
        isRequired
        autoFocus
      />
      <SegmentedControl
        label={t('form.kind')}
        value={form.kind}
        onChange={(kind) => change({ kind })}
        options={KINDS.map((id) => ({ id, label: t(`kind.${id}`), icon: kindIcon(id) }))}
      />
      <div className="grid grid-cols-2 items-start gap-3.5 max-sm:grid-cols-1">
        <ComboBox
          label={t('form.party')}
          placeholder={t('form.partyHint')}
          value={form.party}
          onChange={(party) => change({ party: party?.id ? { id: party.id, label: party.label } : null })}
          choices={partyChoices}
        />
        <Select
          label={t('form.owner')}
          value={form.owner_id ?? NOBODY}
          onChange={(owner) => change({ owner_id: owner === NOBODY ? null : owner })}
          options={owners}
          description={form.party && chosen?.share ? t('users:share.hint', { name: chosen.name }) : undefined}
          warning={ownerWas !== null && form.owner_id === null ? t('ownerGone', { name: ownerWas }) : undefined}
        />
        <WhenField
          label={t('form.when')}
          value={form.when}
          onChange={(when) => change({ when })}
          onInvalidText={(text) => onBad('when', text)}
          warning={dayNote}
        />
        <RuleField
          value={form.rule}
          start={form.when?.day ?? today}
          onChange={(rule, minute) =>
            change({
              rule,
              ...(minute !== null && { when: { day: form.when?.day ?? today, minute } }),
            })
          }
          onInvalidText={(text) => onBad('rule', text)}
        />
        <div className="flex flex-col gap-1">
          <span className="text-[0.8125rem] text-muted" aria-hidden="true">
            {t('form.priority')}
          </span>
          <SegmentedControl
            label={t('form.priority')}
            value={String(form.priority)}
            onChange={(priority) => change({ priority: Number(priority) as Priority })}
            options={PRIORITIES.map((id) => ({ id: String(id), label: t(`priority.${id}`) }))}
          />
        </div>
        <NumberField
          label={t('form.minutes')}
          value={form.minutes}
          onChange={(minutes) => change({ minutes })}
          onInvalidText={(text) => onBad('minutes', text)}
          min={1}
          max={10_080}
          step={15}
          suffix={t('form.minutesUnit')}
        />
      </div>
      <RemindersField
        value={remindersOf(form)}
        hasDay={form.when !== null || form.rule !== null}
        hasTime={form.when?.minute != null}
        onChange={(reminders) => change({ reminders })}
      />
      <CheckListField value={form.checks} onChange={(checks) => change({ checks })} />
      <TextField
        label={t('form.body')}
        value={form.body}
        onChange={(body) => change({ body })}
        maxLength={20_000}
        multiline
        rows={3}
      />
    </>
  )
}
