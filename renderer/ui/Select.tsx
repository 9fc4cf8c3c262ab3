import { Check, ChevronDown, X } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Select as AriaSelect,
  Button,
  type Key,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { FieldLabel, FieldNotes, type FieldProps, fieldClass, inputClass } from './Field.tsx'
import { optionClass, popoverClass } from './overlay.ts'

export type Option<K extends string = string> = { id: K; label: string; description?: string; icon?: ReactNode }

export type SelectProps<K extends string> = Omit<FieldProps<K | null>, 'ref'> & {
  options: readonly Option<K>[]
  /** Adds a first row that clears the choice. */
  isClearable?: boolean
}

/** Choice of one from a short fixed list; `value` is the option's id or null. */
export function Select<K extends string>(props: SelectProps<K>) {
  const {
    label,
    labelHidden,
    description,
    warning,
    error,
    options,
    value,
    onChange,
    placeholder,
    isClearable,
    ...rest
  } = props
  const { t } = useTranslation('ui')
  const { className, ...field } = rest
  const chosen = options.find((option) => option.id === value)
  return (
    <AriaSelect
      {...field}
      selectedKey={value ?? null}
      onSelectionChange={(key: Key | null) => onChange(key === '' || key === null ? null : (key as K))}
      placeholder={placeholder ?? t('choose')}
      isInvalid={!!error}
      validationBehavior="aria"
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hidden={labelHidden} isRequired={rest.isRequired} />
      <Button className={`${inputClass} flex items-center gap-2 text-start`}>
        <SelectValue<Option<K>> className="flex min-w-0 flex-1 items-center gap-2 data-placeholder:text-muted">
          {/* Not the item's own content: its description belongs to the list and has no room in one line. */}
          {({ isPlaceholder, defaultChildren }) => (
            <>
              {isPlaceholder ? null : chosen?.icon}
              <span className="truncate">{isPlaceholder ? defaultChildren : chosen?.label}</span>
            </>
          )}
        </SelectValue>
        <ChevronDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
      </Button>
      <FieldNotes description={description} warning={warning} error={error} />
      <Popover offset={4} className={popoverClass}>
        <ListBox className="max-h-80 p-1 outline-none">
          {isClearable && value ? (
            <ListBoxItem id="" textValue={t('clear')} className={`${optionClass} text-muted`}>
              <X className="size-4" aria-hidden="true" />
              {t('clear')}
            </ListBoxItem>
          ) : null}
          {options.map((option) => (
            <ListBoxItem key={option.id} id={option.id} textValue={option.label} className={optionClass}>
              {({ isSelected }) => (
                <>
                  {option.icon}
                  <span className="flex min-w-0 flex-1 flex-col">
                    {option.label}
                    {option.description ? <span className="text-xs text-muted">{option.description}</span> : null}
                  </span>
                  {isSelected ? <Check className="size-4 shrink-0 text-accent" aria-hidden="true" /> : null}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
