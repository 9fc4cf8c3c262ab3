import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TRADES, type Trade } from '../../../shared/domain/party.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorCode } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'

const UNITS = ['toman', 'rial'] as const

interface BusinessForm {
  business_name: string
  owner_name: string
  trade: Trade
  money_unit: (typeof UNITS)[number]
}
const EMPTY: BusinessForm = { business_name: '', owner_name: '', trade: 'shop', money_unit: 'toman' }

/** There is no book yet that could hold a draft: what was typed outlives a reload with the window. */
const KEPT = 'daftar.setup'
function keptForm(): BusinessForm {
  try {
    return { ...EMPTY, ...(JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Partial<BusinessForm>) }
  } catch {
    return EMPTY
  }
}

/** Business, owner, trade, money: all fields have an answer to begin with but the two names. Enter goes on. */
export function BusinessStep({ onDone }: { onDone: (businessName: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form, setForm] = useState(keptForm)
  const [tried, setTried] = useState<readonly string[]>([])
  useEffect(() => sessionStorage.setItem(KEPT, JSON.stringify(form)), [form])
  const set = (patch: Partial<typeof form>) => setForm((before) => ({ ...before, ...patch }))
  const refresh = () => client.invalidateQueries({ queryKey: rpc.system.status.key() })
  const start = useCommand(api.setup.start, {
    onDone: async () => {
      sessionStorage.removeItem(KEPT)
      await refresh()
      onDone(form.business_name)
    },
    onError: (error) => {
      // A second window was faster: the book is there, go on with it.
      if (errorCode(error) !== 'ALREADY_SET_UP') return false
      void refresh().then(() => onDone(form.business_name))
      return true
    },
  })
  const missing = (name: 'business_name' | 'owner_name') =>
    tried.includes(name) && form[name].trim() === '' ? t('setup:required') : undefined
  const go = () => {
    setTried(['business_name', 'owner_name'])
    if (form.business_name.trim() && form.owner_name.trim() && !start.isRunning) void start.run(form)
  }
  const keys = useFormKeys({ onSave: go })
  const onKeyDownCapture = (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event
    const isPlain = event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing
    // An empty name is told where it is missing; Enter goes on only from a filled one.
    if (!isPlain || !(target instanceof HTMLInputElement) || target.value.trim()) return keys.onKeyDownCapture(event)
    event.preventDefault()
    event.stopPropagation()
    setTried([...tried, target.name])
  }
  return (
    <form
      {...keys}
      onKeyDownCapture={onKeyDownCapture}
      className="flex flex-col gap-4 rounded-card border border-line bg-surface p-6"
    >
      <div>
        <h1 className="text-xl font-bold">{t('setup:hello')}</h1>
        <p className="text-muted">{t('setup:lead')}</p>
      </div>
      <TextField
        label={t('setup:businessName')}
        description={t('setup:businessNameHint')}
        value={form.business_name}
        onChange={(business_name) => set({ business_name })}
        name="business_name"
        error={missing('business_name')}
        maxLength={200}
        isRequired
        autoFocus
      />
      <TextField
        label={t('setup:ownerName')}
        value={form.owner_name}
        onChange={(owner_name) => set({ owner_name })}
        name="owner_name"
        error={missing('owner_name')}
        maxLength={100}
        isRequired
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('setup:trade')}
          value={form.trade}
          onChange={(trade) => trade && set({ trade })}
          options={TRADES.map((id) => ({ id, label: t(`setup:tradeName.${id}`) }))}
        />
        <Select
          label={t('setup:moneyUnit')}
          value={form.money_unit}
          onChange={(money_unit) => money_unit && set({ money_unit })}
          options={UNITS.map((id) => ({ id, label: t(`setup:unit.${id}`) }))}
        />
      </div>
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" isDefault>
          {t('setup:next')}
        </Button>
        <span className="text-xs text-muted">{t('setup:later')}</span>
      </div>
    </form>
  )
}
