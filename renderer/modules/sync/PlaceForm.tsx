import { useRef, useState } from 'react'
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
  call: (place: Place, options: { signal: AbortSignal }) => Promise<SyncStatus>
  onDone?: () => void
  onCancel?: () => void
  cancel?: string
  /** The address is known: only the code is asked for. */
  isCodeOnly?: boolean
  /** What this device is called is asked all the same. */
  asksDevice?: boolean
}) {
  const { t } = useTranslation('sync')
  const { onCancel, isCodeOnly = false, asksDevice = !isCodeOnly } = props
  const [address, setAddress] = useState('')
  const [code, setCode] = useState('')
  const [device, setDevice] = useState('')
  const [isTried, setTried] = useState(false)
  const [errors, setErrors] = useState<PlaceErrors>({})
  const stop = useRef(new AbortController())
  const enter = useCommand((place: Place) => props.call(place, { signal: stop.current.signal }), {
    onDone: props.onDone,
    onError: (error, typed) => {
      if (!stop.current.signal.aborted) setErrors(placeErrors(t, error, typed))
      return true
    },
  })
  const needed = (text: string, key: 'form.needed' | 'form.neededCode') =>
    isTried && text.trim() === '' ? t(key) : undefined
  const save = () => {
    setTried(true)
    setErrors({})
    if ((!isCodeOnly && address.trim() === '') || code.trim() === '' || enter.isRunning) return
    stop.current = new AbortController()
    const name = device.trim()
    void enter.run({
      address: toLatinDigits(address).trim(),
      code: toLatinDigits(code).trim(),
      ...(name && { device_name: name }),
    })
  }
  // The server may accept and never answer: the form is free again at once.
  const leave = enter.isRunning ? () => stop.current.abort() : onCancel
  const keys = useFormKeys({ onSave: save, onCancel: leave })
  return (
    <form {...keys} className="flex flex-col gap-4">
      {isCodeOnly ? null : (
        <TextField
          label={t('form.address')}
          description={t('form.addressHint', { example: EXAMPLE })}
          value={address}
          onChange={setAddress}
          error={errors.address ?? needed(address, 'form.needed')}
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
        error={errors.code ?? needed(code, 'form.neededCode')}
        dir="ltr"
        maxLength={40}
        autoComplete="off"
        inputClassName="font-mono uppercase tracking-widest"
        isRequired
        autoFocus={isCodeOnly}
      />
      {asksDevice ? (
        <TextField
          label={t('form.device')}
          description={t(isCodeOnly ? 'form.deviceKept' : 'form.deviceHint')}
          value={device}
          onChange={setDevice}
          maxLength={60}
          autoComplete="off"
        />
      ) : null}
      <div role="status" className="empty:hidden">
        {enter.isRunning ? <p className="text-muted">{t('form.working')}</p> : null}
        {errors.other ? <p className="text-bad">{errors.other}</p> : null}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" kbd="F2" isDefault isDisabled={enter.isRunning}>
          {props.submit}
        </Button>
        {leave ? (
          <Button onPress={leave}>{(enter.isRunning ? null : props.cancel) ?? t('common:cancel')}</Button>
        ) : null}
      </div>
    </form>
  )
}
