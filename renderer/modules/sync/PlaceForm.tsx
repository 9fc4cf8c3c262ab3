import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'
import { type PlaceErrors, placeErrors } from './place-errors.ts'
import type { SyncStatus } from './sync-model.ts'

export interface Place {
  address: string
  code: string
  device_name?: string
}

const EXAMPLE = '\u2066https://sync.example.ir\u2069'

/** Where the server is, the code, and what this device is called. Each refusal stands under the field it is about. */
export function PlaceForm(props: {
  submit: string
  call: (place: Place) => Promise<SyncStatus>
  onDone?: () => void
  onCancel?: () => void
  cancel?: string
  /** The address is known: only the code is asked for. */
  isCodeOnly?: boolean
}) {
  const { t } = useTranslation('sync')
  const { onCancel, isCodeOnly = false } = props
  const [address, setAddress] = useState('')
  const [code, setCode] = useState('')
  const [device, setDevice] = useState('')
  const [isTried, setTried] = useState(false)
  const [errors, setErrors] = useState<PlaceErrors>({})
  const enter = useCommand(props.call, {
    onDone: props.onDone,
    onError: (error, typed) => {
      setErrors(placeErrors(t, error, typed))
      return true
    },
  })
  const needed = (text: string) => (isTried && text.trim() === '' ? t('form.needed') : undefined)
  const save = () => {
    setTried(true)
    if ((!isCodeOnly && address.trim() === '') || code.trim() === '' || enter.isRunning) return
    setErrors({})
    const name = device.trim()
    void enter.run({
      address: toLatinDigits(address).trim(),
      code: toLatinDigits(code).trim(),
      ...(name && { device_name: name }),
    })
  }
  const keys = useFormKeys({ onSave: save, onCancel })
  return (
    <form {...keys} className="flex flex-col gap-4">
      {isCodeOnly ? null : (
        <TextField
          label={t('form.address')}
          description={t('form.addressHint', { example: EXAMPLE })}
          value={address}
          onChange={setAddress}
          error={errors.address ?? needed(address)}
          dir="ltr"
          inputMode="url"
          maxLength={300}
          autoComplete="off"
          isRequired
          autoFocus
        />
      )}
      <TextField
        label={t('form.code')}
        description={t('form.codeHint')}
        value={code}
        onChange={setCode}
        error={errors.code ?? needed(code)}
        dir="ltr"
        maxLength={40}
        autoComplete="off"
        inputClassName="font-mono uppercase tracking-widest"
        isRequired
        autoFocus={isCodeOnly}
      />
      {isCodeOnly ? null : (
        <TextField
          label={t('form.device')}
          description={t('form.deviceHint')}
          value={device}
          onChange={setDevice}
          maxLength={60}
          autoComplete="off"
        />
      )}
      <div role="status" className="empty:hidden">
        {enter.isRunning ? <p className="text-muted">{t('form.working')}</p> : null}
        {errors.other ? <p className="text-bad">{errors.other}</p> : null}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" kbd="F2" isDefault isDisabled={enter.isRunning}>
          {props.submit}
        </Button>
        {onCancel ? <Button onPress={onCancel}>{props.cancel ?? t('common:cancel')}</Button> : null}
      </div>
    </form>
  )
}
