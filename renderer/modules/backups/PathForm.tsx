import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'

export type PathFormProps = {
  label: string
  description: string
  error?: string | undefined
  button: string
  icon?: ReactNode
  isBusy?: boolean
  value: string
  onChange: (value: string) => void
  /** Never with nothing typed; without the spaces around it. */
  onSubmit: (path: string) => void
  children?: ReactNode
}

/** The path of a file or folder on this PC, and the button that goes there. */
export function PathForm(props: PathFormProps) {
  const path = props.value.trim()
  const keys = useFormKeys({ onSave: () => path && !props.isBusy && props.onSubmit(path) })
  return (
    <form {...keys} className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <TextField
          label={props.label}
          description={props.description}
          error={props.error}
          value={props.value}
          onChange={props.onChange}
          dir="ltr"
          maxLength={1000}
          className="min-w-0 flex-1"
        />
        <Button type="submit" icon={props.icon} isDefault isDisabled={!path || props.isBusy} className="mt-6.5">
          {props.button}
        </Button>
      </div>
      {props.children}
    </form>
  )
}
