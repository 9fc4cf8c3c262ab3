import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import type { DuplicateHit } from './use-duplicates.ts'
import { useNameText } from './use-name-text.ts'

/** The number is in the book already: go to that customer, or have it twice. The focus comes here, so that Enter does not double anyone. */
export function AskTaken(props: { hit: DuplicateHit; onOpen: () => void; onSave: () => void }) {
  const { t } = useTranslation('customers')
  const nameText = useNameText()
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.querySelector('button')?.focus(), [])
  return (
    <section ref={box} role="alert" className="flex flex-col gap-2 rounded-card bg-warn-soft p-3 text-warn-ink">
      <p className="font-semibold">{t('duplicate.taken', { name: nameText(props.hit.customer.name) })}</p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onPress={props.onOpen}>
          {t('duplicate.openThat')}
        </Button>
        <Button onPress={props.onSave}>{t('duplicate.saveAnyway')}</Button>
      </div>
    </section>
  )
}
