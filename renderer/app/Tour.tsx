import { type KeyboardEvent, useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../shared/domain/format.ts'
import { useUpdateDevice } from '../api/session.ts'
import { Button } from '../ui/Button.tsx'
import { useLanguage } from '../ui/locale.ts'

/** What is shown, by the `data-tour` of its place; a place that is not on the screen is told in the middle. */
const STOPS = ['search', 'add', 'today', 'customers', 'history', 'import', 'help'] as const
const CARD = { inline: 320, block: 190 }

type Box = { x: number; y: number; width: number; height: number }

function boxOf(stop: string): Box | null {
  const place = document.querySelector(`[data-tour="${stop}"]`)
  if (!place) return null
  const { x, y, width, height } = place.getBoundingClientRect()
  return { x, y, width, height }
}

/** Where the card stands so that it is near its place and inside the window. */
function cardAt(box: Box | null): { x: number; y: number } {
  if (!box) return { x: (innerWidth - CARD.inline) / 2, y: innerHeight / 3 }
  const isInSidebar =
    box.height < 60 && box.width < 240 && (box.x < 240 || box.x + box.width > innerWidth - 240) && box.y > 60
  const beside = box.x > innerWidth / 2 ? box.x - CARD.inline - 16 : box.x + box.width + 16
  const x = isInSidebar ? beside : box.x + box.width / 2 - CARD.inline / 2
  const y = isInSidebar ? box.y - 20 : box.y + box.height + 12
  return {
    x: Math.min(Math.max(12, x), innerWidth - CARD.inline - 12),
    y: Math.min(Math.max(12, y), innerHeight - CARD.block - 12),
  }
}

/** Tab goes around among the buttons of the card. */
function keepInside(event: KeyboardEvent<HTMLElement>) {
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  event.preventDefault()
  buttons.at((at + (event.shiftKey ? -1 : 1)) % buttons.length)?.focus()
}

/** The first walk around: seven short stops, Enter goes on, Esc ends it; never comes again by itself. */
export function Tour({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const updateDevice = useUpdateDevice()
  const [at, setAt] = useState(0)
  const [box, setBox] = useState<Box | null>(null)
  const stop = STOPS[at] ?? 'search'
  const isLast = at === STOPS.length - 1

  useLayoutEffect(() => {
    const measure = () => setBox(boxOf(stop))
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [stop])
  // Read while rendering: afterwards the focus is in the card already.
  const [before] = useState(() => document.activeElement as HTMLElement | null)
  useEffect(() => () => before?.focus(), [before])

  const close = () => {
    void updateDevice({ tour_seen: true })
    onClose()
  }
  const place = cardAt(box)
  const n = (value: number) => formatNumber(value, language)
  return (
    <div dir="ltr" className="fixed inset-0 z-40">
      <div
        className="absolute start-0 top-0 rounded-lg shadow-[0_0_0_200vmax_var(--backdrop)] outline-2 outline-accent transition-all duration-150"
        style={
          box
            ? { translate: `${box.x - 4}px ${box.y - 4}px`, inlineSize: box.width + 8, blockSize: box.height + 8 }
            : { inlineSize: 0, blockSize: 0, outline: 'none' }
        }
      />
      <div
        role="dialog"
        aria-modal="true"
        aria-label={t('app:tour.title')}
        className="absolute start-0 top-0"
        style={{ inlineSize: CARD.inline, translate: `${place.x}px ${place.y}px` }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
          if (event.key === 'Tab') keepInside(event)
        }}
      >
        {/* The place above is reckoned from the start of a left-to-right box; the words have their own direction. */}
        <div
          dir={language === 'fa' ? 'rtl' : 'ltr'}
          className="flex flex-col gap-3 rounded-card bg-surface p-4 shadow-overlay"
        >
          <h2 className="font-bold">{t(`app:tour.${stop}.title`)}</h2>
          <p aria-live="polite">{t(`app:tour.${stop}.text`)}</p>
          <div className="mt-1 flex items-center gap-2">
            <Button key={stop} variant="primary" size="sm" autoFocus onPress={() => (isLast ? close() : setAt(at + 1))}>
              {isLast ? t('app:tour.done') : t('app:tour.next')}
            </Button>
            {at > 0 ? (
              <Button size="sm" onPress={() => setAt(at - 1)}>
                {t('app:tour.back')}
              </Button>
            ) : null}
            {isLast ? null : (
              <Button size="sm" variant="ghost" onPress={close}>
                {t('app:tour.skip')}
              </Button>
            )}
            <span className="ms-auto text-xs text-muted">
              {t('app:tour.step', { at: n(at + 1), of: n(STOPS.length) })}
            </span>
          </div>
        </div>
      </div>
    </div>
  )
}
