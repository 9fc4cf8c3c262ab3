import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

export type ConfirmDialogProps = {
  isOpen: boolean
  title: string
  /** What will happen and whether it can be taken back. */
  children: ReactNode
  confirmLabel: string
  onConfirm: () => void
  onClose: () => void
  tone?: 'primary' | 'danger'
}

/** Asks before the few things that cannot be undone; everything else uses a toast with undo. */
export function ConfirmDialog({
  isOpen,
  title,
  children,
  confirmLabel,
  onConfirm,
  onClose,
  tone = 'danger',
}: ConfirmDialogProps) {
  const { t } = useTranslation('ui')
  const confirm = () => {
    onClose()
    onConfirm()
  }
  return (
    <Dialog
      role="alertdialog"
      size="sm"
      isOpen={isOpen}
      title={title}
      onClose={onClose}
      onSave={confirm}
      footer={
        <>
          <Button variant={tone} onPress={confirm}>
            {confirmLabel}
          </Button>
          {/* The safe answer has the focus: Enter by habit must not destroy. */}
          <Button onPress={onClose} autoFocus>
            {t('cancel')}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
