import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'

/** Ctrl+K. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog isOpen onClose={onClose} title={t('search:title')} bare>
      <p className="p-4">…</p>
    </Dialog>
  )
}
