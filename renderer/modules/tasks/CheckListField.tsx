import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { FormCheck } from './task-form.ts'

/** The steps of a task: Enter adds the next line, Backspace in an empty one takes it away. */
export function CheckListField(props: { value: readonly FormCheck[]; onChange: (value: FormCheck[]) => void }) {
  const { value, onChange } = props
  const { t } = useTranslation('tasks')
  const box = useRef<HTMLFieldSetElement>(null)
  /** The line is there and has the focus before the next letter comes. */
  const changeAndFocus = (checks: FormCheck[], at: number) => {
    flushSync(() => onChange(checks))
    box.current?.querySelectorAll<HTMLElement>('input:not([type=checkbox])')[at]?.focus()
  }
  const set = (at: number, part: Partial<FormCheck>) =>
    onChange(value.map((check, i) => (i === at ? { ...check, ...part } : check)))
  const addAfter = (at: number) => {
    const line: FormCheck = { key: crypto.randomUUID(), text: '', done: false }
    changeAndFocus([...value.slice(0, at + 1), line, ...value.slice(at + 1)], at + 1)
  }
  const remove = (at: number) => {
    changeAndFocus(
      value.filter((_, i) => i !== at),
      Math.max(0, at - 1),
    )
  }
  return (
    <fieldset ref={box} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1 text-[0.8125rem] text-muted">{t('form.checks')}</legend>
      {value.map((check, at) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the field
        <div
          key={check.key}
          className="flex items-center gap-2"
          data-own-enter
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return
            if (event.target.type === 'checkbox') return
            if (event.key === 'Enter' && !event.ctrlKey && check.text.trim() !== '') addAfter(at)
            else if (event.key === 'Backspace' && check.text === '') remove(at)
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        >
          <Checkbox
            label={t('form.checkDone', { text: check.text })}
            labelHidden
            value={check.done}
            onChange={(done) => set(at, { done })}
          />
          <TextField
            label={t('form.checkText')}
            labelHidden
            value={check.text}
            onChange={(text) => set(at, { text })}
            maxLength={500}
            className="flex-1"
            inputClassName={check.done ? 'line-through text-muted' : undefined}
          />
          <IconButton size="sm" label={t('form.removeCheck')} icon={<X />} onPress={() => remove(at)} />
        </div>
      ))}
      <Button
        size="sm"
        className="w-fit"
        icon={<Plus className="size-3.5" />}
        onPress={() => addAfter(value.length - 1)}
      >
        {t('form.addCheck')}
      </Button>
    </fieldset>
  )
}
