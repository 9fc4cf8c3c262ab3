import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import { focusBack } from './focus-back.ts'
import { IconButton } from './IconButton.tsx'

export type ToastOptions = {
  message: string
  /** Usually undo. The toast closes when it is used. */
  action?: { label: string; onAction: () => void }
  /** What else one may want to do now, e.g. open what was saved. */
  second?: { label: string; onAction: () => void }
  tone?: 'neutral' | 'ok' | 'warn' | 'bad'
  /** Milliseconds; ten seconds with something to press or to worry about, else six. The clock stands still under the pointer and while the focus is inside. */
  timeout?: number
}

/** Notices on the screen at once; the newest comes first in the queue. */
const SHOWN = 2

type ShowToast = (options: ToastOptions) => () => void

const ToastContext = createContext<ShowToast | null>(null)
const ClearContext = createContext<() => void>(() => {})

const icons = {
  neutral: <Info className="text-muted" />,
  ok: <CircleCheck className="text-ok" />,
  warn: <TriangleAlert className="text-warn" />,
  bad: <CircleAlert className="text-bad" />,
}

/** Holds the queue of toasts; part of AppProviders. F6 moves the focus to the toasts and back, as does Esc. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation('ui')
  const [queue] = useState(() => new ToastQueue<ToastOptions>({ maxVisibleToasts: SHOWN }))
  const show = useMemo<ShowToast>(
    () => (options) => {
      const isShort = !options.action && !options.second && (options.tone === 'ok' || options.tone === 'neutral')
      // The oldest makes room for good: left in the queue it would come back long after its time.
      const oldest = queue.visibleToasts[SHOWN - 1]
      if (oldest) queue.close(oldest.key)
      const key = queue.add(options, { timeout: options.timeout ?? (isShort ? 6000 : 10_000) })
      return () => queue.close(key)
    },
    [queue],
  )
  const clear = useMemo(() => () => queue.clear(), [queue])
  const { language } = i18n
  const said = useRef(language)
  // Notices are said once, in the language of then; what they offered to undo stays in the history.
  useEffect(() => {
    if (said.current !== language) queue.clear()
    said.current = language
  }, [queue, language])
  const region = useRef<HTMLDivElement>(null)
  // React Aria's F6 goes to the region as a whole; undo must be one key and Enter away.
  useEffect(() => {
    let before: Element | null = null
    const onKeyDown = (event: KeyboardEvent) => {
      const isInside = region.current?.contains(document.activeElement) ?? false
      if (!region.current || !(event.key === 'F6' || (event.key === 'Escape' && isInside))) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (isInside) return focusBack(before)
      before = document.activeElement
      region.current.querySelector('button')?.focus()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
  return (
    <ToastContext value={show}>
      <ClearContext value={clear}>{children}</ClearContext>
      <ToastRegion
        ref={region}
        queue={queue}
        aria-label={t('notices')}
        // In the middle: the foot of the menu and the side panel stay free, and so does a bar at the foot of the page.
        className="fixed inset-x-0 bottom-4 z-50 mx-auto flex w-fit max-w-[92vw] flex-col-reverse items-center gap-2 rounded-card outline-none focus-visible:focus-ring in-[body:has([data-foot-bar])]:bottom-20"
      >
        {({ toast }) => {
          const { message, action, second, tone = 'neutral' } = toast.content
          return (
            <AriaToast
              toast={toast}
              data-toast
              className={cx(
                'flex items-center gap-2.5 rounded-card bg-surface py-2 ps-3.5 pe-2 text-text shadow-overlay outline-none focus-visible:focus-ring',
                second ? 'max-w-2xl' : 'max-w-md',
              )}
            >
              <span className="shrink-0 [&>svg]:size-4.5" aria-hidden="true">
                {icons[tone]}
              </span>
              <ToastContent className="min-w-0 flex-1">
                <Text slot="title">{message}</Text>
              </ToastContent>
              {[action, second].map((each) =>
                each ? (
                  <Button
                    key={each.label}
                    size="sm"
                    onPress={() => {
                      queue.close(toast.key)
                      each.onAction()
                    }}
                  >
                    {each.label}
                  </Button>
                ) : null,
              )}
              <IconButton slot="close" size="sm" label={t('close')} icon={<X />} />
            </AriaToast>
          )
        }}
      </ToastRegion>
    </ToastContext>
  )
}

/** Gives `toast({message, action, tone, timeout})`, which shows a notice and returns a function that closes it. */
export function useToast(): ShowToast {
  const show = use(ToastContext)
  if (!show) throw new Error('useToast needs AppProviders around it')
  return show
}

/** Takes all toasts away: what they say is not for the next person at this PC. */
export const useClearToasts = () => use(ClearContext)
