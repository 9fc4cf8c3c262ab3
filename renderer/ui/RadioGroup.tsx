import { RadioGroup as HeroRadioGroup, Radio } from '@heroui/react'
import { FieldLabel, FieldNotes, type FieldProps, fieldClass } from './Field.tsx'
import type { Option } from './Select.tsx'

/** Choice of one with all the answers in view; `orientation` row or column. */
export function RadioGroup<K extends string>(
  props: Omit<FieldProps<K | null>, 'ref' | 'autoFocus' | 'placeholder'> & {
    options: readonly Option<K>[]
    orientation?: 'horizontal' | 'vertical'
  },
) {
  const {
    label,
    labelHidden,
    description,
    warning,
    error,
    options,
    value,
    onChange,
    orientation = 'vertical',
    className,
    ...rest
  } = props
  return (
    <HeroRadioGroup
      {...rest}
      value={value}
      onChange={(next) => onChange(next as K)}
      orientation={orientation}
      isInvalid={!!error}
      className={fieldClass(className)}
    >
      <FieldLabel label={label} hidden={labelHidden} isRequired={rest.isRequired} />
      <div className={orientation === 'horizontal' ? 'flex flex-wrap gap-x-5 gap-y-1' : 'flex flex-col gap-1.5'}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="mt-0!">
            <Radio.Content className="items-start">
              <Radio.Control className="mt-1 border border-line-strong">
                <Radio.Indicator />
              </Radio.Control>
              <span className="flex flex-col font-normal">
                {option.label}
                {option.description ? <span className="text-xs text-muted">{option.description}</span> : null}
              </span>
            </Radio.Content>
          </Radio>
        ))}
      </div>
      <FieldNotes description={description} warning={warning} error={error} />
    </HeroRadioGroup>
  )
}
