import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { Button } from '../../ui/Button.tsx'
import { isSaveKey } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'

/** Where the next note is written. Ctrl+Enter saves; what is half-written stays, whatever happens. */
export function NoteComposer({ partyId, isBrief }: { partyId: string; isBrief?: boolean }) {
  const { t } = useTranslation('customers')
  const draft = useDraft<string>(`customers.note.${partyId}`)
  const [text, setText] = useState('')
  const touched = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another customer begins with an empty box
  useEffect(() => {
    touched.current = false
    setText('')
  }, [partyId])
  useEffect(() => {
    if (draft.restored && !touched.current) setText(draft.restored)
  }, [draft.restored])
  const add = useCommand(api.activities.log, { message: () => t('timeline.saved') })
  const change = (next: string) => {
    touched.current = true
    setText(next)
    if (next.trim()) draft.save(next)
    else draft.clear()
  }
  const save = async () => {
    const body = text.trim()
    if (!body || add.isRunning) return
    if (await add.run({ activity: { kind: 'note', party_ids: [partyId], body } })) change('')
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the field inside
    <div
      className="flex flex-col gap-2"
      onKeyDown={(event) => {
        if (!isSaveKey(event)) return
        event.preventDefault()
        event.stopPropagation()
        void save()
      }}
    >
      <TextField
        label={t('timeline.compose')}
        labelHidden
        multiline
        rows={isBrief ? 1 : 2}
        placeholder={t('timeline.placeholder')}
        value={text}
        onChange={change}
        inputClassName="customers-note"
      />
      {text.trim() ? (
        <div className="flex">
          <Button size="sm" variant="primary" kbd="Ctrl Enter" isDisabled={add.isRunning} onPress={() => void save()}>
            {t('timeline.save')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
