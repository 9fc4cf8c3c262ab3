import { ChevronDown, Plus } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { ComboBox as AriaComboBox, Button, Group, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { fold } from '../../shared/domain/persian-text.ts'
import { autoDir, bareInputClass, FieldLabel, FieldNotes, type FieldProps, fieldClass, groupClass } from './Field.tsx'
import { type Choice, type Choices, useChoices } from './option-search.ts'
import { optionClass, popoverClass } from './overlay.ts'

/** `id` is null for a text of the user's own. */
export type ComboValue = { id: string | null; label: string }

export type ComboBoxProps = FieldProps<ComboValue | null> & {
  /** All choices, or a function that asks for them (keep it stable: useCallback). */
  choices: Choices
  /** A text that is no choice is kept, with id null. */
  allowsCustom?: boolean
  /** Adds «افزودن …» at the end of the list for a text that is no choice; gets the text. */
  onCreate?: (text: string) => void
  /** With onCreate: Enter without a chosen row and leaving the field take the typed text too (tags, not whole records). */
  takesTyped?: boolean
}

const CREATE = '\u0000create'

/** A choice out of many, found by typing; optionally any other text. */
export function ComboBox(props: ComboBoxProps) {
  const {
    label,
    labelHidden,
    description,
    warning,
    error,
    value,
    onChange,
    onBlur,
    choices,
    allowsCustom,
    onCreate,
    takesTyped,
    ref,
    placeholder,
    className,
    ...rest
  } = props
  const { t } = useTranslation('ui')
  // null: not being typed in.
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? value?.label ?? ''
  // Where only the text of a choice is kept (allowsCustom), the choice is still known here; without it the list would open again.
  const [picked, setPicked] = useState<ComboValue | null>(null)
  const chosenId = value && picked?.label === value.label ? picked.id : (value?.id ?? null)
  // Opened on a chosen value the list shows everything, not only the choice already made.
  const { found, isSearching } = useChoices(choices, text ?? '')
  const canCreate = onCreate && shown.trim() !== '' && !found.some((choice) => choice.label === shown.trim())
  const items: Choice[] = canCreate
    ? [...found, { id: CREATE, label: t('addNew', { text: shown.trim() }) }]
    : [...found]
  // Beside the state, because leaving may come in the same event as the choice.
  const typed = useRef('')
  const takeTyped = () => {
    const wanted = typed.current.trim()
    typed.current = ''
    setText(null)
    if (!wanted) return
    const same = found.find((choice) => fold(choice.label) === fold(wanted))
    if (same) {
      setPicked(same)
      onChange({ id: same.id, label: same.label })
    } else onCreate?.(wanted)
  }
  const onKeyDownCapture = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    if (!takesTyped || !typed.current.trim() || event.currentTarget.getAttribute('aria-activedescendant')) return
    event.preventDefault()
    event.stopPropagation()
    takeTyped()
  }
  const leave = () => {
    if (takesTyped && typed.current.trim()) {
      takeTyped()
      onBlur?.()
      return
    }
    if (text !== null) {
      const left = text.trim()
      if (left === '') onChange(null)
      else if (allowsCustom) {
        const same = found.find((choice) => choice.label === left)
        onChange({ id: same?.id ?? null, label: left })
      }
    }
    setText(null)
    onBlur?.()
  }
  return (
    <AriaComboBox
      {...rest}
      items={items}
      inputValue={shown}
      onInputChange={(next) => {
        if (next === shown) return
        setText(next)
        typed.current = next
        // Given on at once, so that a form saved by key has what is on the screen.
        if (allowsCustom) onChange(next.trim() ? { id: null, label: next.trim() } : null)
      }}
      selectedKey={chosenId}
      onSelectionChange={(key) => {
        if (key === null) return
        typed.current = ''
        if (key === CREATE) {
          onCreate?.(shown.trim())
          setText(null)
          return
        }
        const choice = found.find((each) => each.id === key)
        if (choice) {
          setPicked(choice)
          onChange({ id: choice.id, label: choice.label })
        }
        setText(null)
      }}
      onBlur={leave}
      allowsCustomValue
      allowsEmptyCollection
      isInvalid={!!error}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hidden={labelHidden} isRequired={rest.isRequired} />
      <Group className={groupClass}>
        <Input
          ref={ref}
          dir={autoDir(shown)}
          placeholder={placeholder}
          className={bareInputClass}
          onKeyDownCapture={onKeyDownCapture}
        />
        <Button
          aria-label={t('showList')}
          className="grid h-full w-8 shrink-0 place-items-center text-muted outline-none"
        >
          <ChevronDown className="size-4" />
        </Button>
      </Group>
      <FieldNotes description={description} warning={warning} error={error} />
      <Popover offset={4} className={popoverClass}>
        <ListBox
          className="max-h-72 p-1 outline-none"
          renderEmptyState={() => <p className="px-2 py-1 text-muted">{t(isSearching ? 'searching' : 'noMatch')}</p>}
        >
          {(choice: Choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={optionClass}>
              {choice.id === CREATE ? <Plus className="size-4 text-accent" aria-hidden="true" /> : null}
              <span className="flex min-w-0 flex-1 flex-col" dir="auto">
                {choice.label}
                {choice.description ? <span className="text-xs text-muted">{choice.description}</span> : null}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
