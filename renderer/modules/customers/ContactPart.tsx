import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CHANNEL_KINDS, CHANNEL_TYPES_OF, type ChannelKind } from '../../../shared/domain/party.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { useBusiness } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PhoneField } from '../../ui/PhoneField.tsx'
import { Section } from '../../ui/Section.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { inlineDuplicate } from './duplicate-model.ts'
import { type ChannelForm, isNew, newKey } from './form-model.ts'
import { hrefOf } from './link-address.ts'
import { members } from './members.ts'
import type { DuplicateHit } from './use-duplicates.ts'
import type { PartProps } from './use-edit.ts'

const ADD: Record<ChannelKind, 'edit.addPhone' | 'edit.addEmail' | 'edit.addLink'> = {
  phone: 'edit.addPhone',
  email: 'edit.addEmail',
  link: 'edit.addLink',
}

/** As many phones, e-mails and links as there are, each with its type. */
export function ContactPart({ form, change, hits }: PartProps & { hits: readonly DuplicateHit[] }) {
  const { t } = useTranslation('customers')
  const list = members(form.channels, (channels) => change({ channels }))
  // The row that the button just made waits for its text.
  const [added, setAdded] = useState<string | null>(null)
  // Rows whose type somebody chose: a number no longer changes it.
  const [chosen, setChosen] = useState<readonly string[]>([])
  const areaCode = useBusiness()?.area_code ?? undefined
  const usual = (kind: ChannelKind) =>
    kind === 'phone' && form.kind === 'company' ? 'work' : CHANNEL_TYPES_OF[kind][0]!
  return (
    <Section title={t('edit.contacts')} columns={1}>
      {CHANNEL_KINDS.flatMap((kind) => form.channels.filter((each) => each.kind === kind)).map((channel) => (
        <div key={channel.key} className="grid grid-cols-[9rem_1fr_auto] items-start gap-2">
          <Select
            label={t('edit.type')}
            labelHidden
            options={CHANNEL_TYPES_OF[channel.kind].map((id) => ({ id, label: t(`channelType.${id}`) }))}
            value={channel.type}
            onChange={(type) => {
              if (!type) return
              setChosen([...chosen, channel.key])
              list.set(channel.key, { type })
            }}
          />
          <ValueField
            channel={channel}
            hits={hits}
            autoFocus={channel.key === added}
            onChange={(value) => {
              const type = chosen.includes(channel.key) ? channel.type : typeOfNumber({ ...channel, value }, areaCode)
              list.set(channel.key, { value, type })
            }}
          />
          <IconButton
            label={`${t('edit.remove')}: ${t(`channelKind.${channel.kind}`)}`}
            icon={<X />}
            onPress={() => list.remove(channel.key)}
          />
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        {CHANNEL_KINDS.map((kind) => (
          <Button
            key={kind}
            size="sm"
            icon={<Plus />}
            onPress={() => {
              const key = newKey(form.channels)
              setAdded(key)
              setChosen(chosen.filter((each) => each !== key))
              list.add({ kind, type: usual(kind), value: '' })
            }}
          >
            {t(ADD[kind])}
          </Button>
        ))}
      </div>
    </Section>
  )
}

/** A new row's type follows what kind of number is in it; a type that is neither was somebody's choice. */
function typeOfNumber({ key, kind, type, value }: ChannelForm, areaCode: string | undefined): ChannelForm['type'] {
  if (kind !== 'phone' || !isNew(key) || (type !== 'mobile' && type !== 'work')) return type
  const parsed = parsePhone(value, { areaCode })
  if (!parsed.ok) return type
  return parsed.kind === 'mobile' ? 'mobile' : 'work'
}

function ValueField(props: {
  channel: ChannelForm
  hits: readonly DuplicateHit[]
  autoFocus: boolean
  onChange: (value: string) => void
}) {
  const { t } = useTranslation('customers')
  const areaCode = useBusiness()?.area_code ?? undefined
  const { channel, hits, autoFocus, onChange } = props
  const { kind, value } = channel
  const field = {
    label: t(`channelKind.${kind}`),
    labelHidden: true,
    value,
    onChange,
    autoComplete: 'off',
    autoFocus,
  }
  if (kind === 'phone') {
    const parsed = parsePhone(value, { areaCode })
    const name = parsed.ok ? inlineDuplicate(hits, 'phone', (row) => row.phone === parsed.e164 || row.phones > 1) : null
    return (
      <PhoneField
        {...field}
        areaCode={areaCode}
        duplicate={name !== null ? t('duplicate.inline', { name: name || t('nameless') }) : undefined}
      />
    )
  }
  if (kind === 'email')
    return (
      <TextField
        {...field}
        dir="ltr"
        type="email"
        inputMode="email"
        warning={value.trim() && !hrefOf(channel) ? t('warn.email') : undefined}
      />
    )
  return <TextField {...field} dir="ltr" inputMode="url" />
}
