import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { useFocusBack } from './focus-back.ts'
import { isSaveKey } from './form-keys.ts'
import { IconButton } from './IconButton.tsx'

const widths = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-3xl' }

export type DialogProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons, the default one first (it stands at the start). */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  /** Called on Ctrl+Enter and F2. Leave out when the form inside uses `useFormKeys`. */
  onSave?: () => void
  /** A click outside closes; keep false where typing could be lost. */
  isDismissable?: boolean
  /** While what was written is being saved: keys pressed meanwhile are kept for the page below. */
  isSaving?: boolean
  role?: 'dialog' | 'alertdialog'
  /** Removes the header and padding, for the palette. The title still names the dialog. */
  bare?: boolean
  /** Nothing in it takes the focus: what is longer than the window is then scrolled by keys. */
  isText?: boolean
  className?: string
}

/** Lives as long as the dialog is open. */
function FocusBack({ isSaving }: { isSaving: boolean }) {
  useFocusBack(isSaving)
  return null
}

/** A modal dialog: Esc closes, Ctrl+Enter or F2 saves, focus is kept inside and given back after. */
export function Dialog(props: DialogProps) {
  const {
    isOpen,
    onClose,
    title,
    children,
    footer,
    size = 'md',
    onSave,
    isDismissable = false,
    isSaving = false,
    role,
    bare,
    isText,
    className,
  } = props
  const { t } = useTranslation('ui')
  // Gone at once: an overlay that is told to close itself first waits for what it still plays, and takes the keys meanwhile.
  if (!isOpen) return null
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      className="fixed inset-0 z-40 flex items-start justify-center bg-backdrop p-4 pt-[8vh] data-entering:animate-in data-entering:fade-in-0 data-entering:duration-100"
    >
      <Modal
        className={cx(
          'flex max-h-[84vh] w-full flex-col overflow-hidden rounded-card bg-surface text-text shadow-overlay',
          widths[size],
          className,
        )}
      >
        <FocusBack isSaving={isSaving} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the dialog, which has the focus at first, and the fields inside */}
        <div
          className="flex min-h-0 flex-1 flex-col"
          onKeyDown={(event) => {
            if (event.defaultPrevented || !isSaveKey(event)) return
            // A form has its keys to itself; what has the focus beside it, a button at the foot or the dialog before its fields are there, saves it too.
            const at = event.target as Element
            const form = event.currentTarget.querySelector('form')
            if (!onSave && (!form || form.contains(at) || !event.currentTarget.contains(at))) return
            event.preventDefault()
            // A key held down is one wish.
            if (event.repeat) return
            if (onSave) onSave()
            else form?.requestSubmit()
          }}
        >
          <AriaDialog role={role} aria-label={title} className="flex min-h-0 flex-1 flex-col outline-none">
            {bare ? (
              children
            ) : (
              <>
                <header className="flex items-center gap-2 border-b border-line py-2.5 ps-5 pe-3">
                  <Heading slot="title" className="min-w-0 flex-1 truncate text-base font-bold">
                    {title}
                  </Heading>
                  <IconButton size="sm" label={t('close')} kbd="Esc" icon={<X />} onPress={onClose} />
                </header>
                <div
                  className="min-h-0 flex-1 overflow-y-auto px-5 py-4 outline-none focus-visible:focus-ring"
                  tabIndex={isText ? 0 : undefined}
                >
                  {children}
                </div>
                {footer ? (
                  <footer className="flex flex-wrap gap-2 border-t border-line px-5 py-3">{footer}</footer>
                ) : null}
              </>
            )}
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  )
}
