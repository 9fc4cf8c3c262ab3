import { NotebookPen } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AddDialogProps } from '../../app/module.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { isSaveKey } from '../../ui/form-keys.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { MentionList } from '../activities/MentionList.tsx'
import { useMention } from '../activities/use-mention.ts'
import { KeptBar } from './KeptBar.tsx'
import type { Problem } from './line-model.ts'
import { type Part, Parts } from './Parts.tsx'
import { useQuickLog } from './use-quick-log.ts'
import { WhoChoices } from './WhoPart.tsx'

/** One line says what happened and what comes next; what was understood stands below it and is saved by Enter. */
export function QuickLog({ isOpen, onClose, text }: AddDialogProps) {
  return isOpen ? <Box onClose={onClose} text={text} /> : null
}

const EXAMPLES = ['call', 'meeting', 'plan', 'again'] as const

function Box({ onClose, text }: { onClose: () => void; text?: string }) {
  const { t } = useTranslation('quicklog')
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [openPart, setOpenPart] = useState<Part | null>(null)
  /** Where the focus is to go as soon as that stands on the screen. */
  const [wanted, setWanted] = useState<string | null>(null)
  /** Enter was pressed on the line, and only the customer was missing: choosing one saves. */
  const resumes = useRef<{ andNext: boolean } | null>(null)
  const log = useQuickLog(text, (andNext) => {
    resumes.current = null
    setOpenPart(null)
    if (andNext) input.current?.focus()
    else onClose()
  })
  const { state, entry, problem } = log
  const { line } = state
  const write = (text: string) => {
    resumes.current = null
    setWanted(null)
    log.clearProblem()
    state.write(text)
  }
  const mention = useMention(line.text, write, () => input.current)
  useEffect(() => {
    const found = wanted && box.current?.querySelector<HTMLElement>(wanted)
    if (!found) return
    setWanted(null)
    found.focus()
  })

  const leave = () => {
    resumes.current = null
    input.current?.focus()
  }
  const ask = (missing: Problem, andNext: boolean) => {
    resumes.current = null
    if (missing === 'nothing') input.current?.focus()
    if (missing === 'when') setOpenPart(log.isNextBad ? 'next' : 'at')
    if (missing === 'words') setOpenPart('body')
    if (missing === 'next' || missing === 'day') setOpenPart('next')
    if (missing !== 'which' && missing !== 'who') return
    setOpenPart(null)
    resumes.current = { andNext }
    setWanted('[data-choices] [role=option]')
  }
  const save = async (andNext = false) => {
    const missing = await log.save(andNext)
    if (missing) ask(missing, andNext)
  }
  /** After a choice: on with saving, or back to the line. */
  const chosen = () => {
    const going = resumes.current
    input.current?.focus()
    if (going) void save(going.andNext)
    else log.clearProblem()
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') void save(event.shiftKey)
    else if (event.key === 'ArrowDown') {
      const list = box.current?.querySelector<HTMLElement>('[data-choices] [tabindex="0"]')
      ;(list ?? box.current?.querySelector<HTMLElement>('[data-part] > button'))?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isEmpty = line.text.trim() === ''
  return (
    <Dialog
      isOpen
      isSaving={log.isSaving}
      onClose={onClose}
      title={t('title')}
      size="lg"
      bare
      isDismissable
      className="max-w-2xl!"
    >
      <div
        ref={box}
        className="flex min-h-0 flex-1 flex-col"
        onKeyDownCapture={(event) => {
          if (!isSaveKey(event)) return
          event.preventDefault()
          event.stopPropagation()
          // A key held down is one wish.
          if (!event.repeat) void save()
        }}
      >
        <div className="flex items-center gap-2.5 border-b border-line px-4">
          <NotebookPen className="size-4.5 shrink-0 text-muted" aria-hidden="true" />
          <input
            ref={input}
            autoFocus
            type="text"
            aria-label={t('title')}
            aria-invalid={problem !== null}
            aria-describedby="quicklog-problem"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            dir={line.text ? 'auto' : undefined}
            placeholder={t('placeholder')}
            value={line.text}
            onChange={(event) => {
              write(event.target.value)
              mention.look()
            }}
            onKeyDownCapture={mention.onKeys}
            onKeyDown={(event) => event.defaultPrevented || press(event)}
            onBlur={mention.close}
            className="h-13 min-w-0 flex-1 bg-transparent text-base text-text outline-none placeholder:text-muted"
          />
          <Kbd>Esc</Kbd>
        </div>
        <MentionList mention={mention} className="mx-2 my-1.5" />
        <p
          id="quicklog-problem"
          role="alert"
          className="border-b border-line bg-warn-soft px-4 py-1.5 text-[0.8125rem] text-warn-ink empty:hidden"
        >
          {problem && problem !== 'nothing' ? t(`problem.${problem}`) : null}
        </p>
        <KeptBar state={state} onDone={() => input.current?.focus()} />
        <div className="flex min-h-0 flex-col overflow-y-auto px-2 py-1.5">
          {isEmpty ? (
            <ul className="flex flex-col gap-1 px-2 py-2 text-muted">
              {EXAMPLES.map((id) => (
                <li key={id}>{t(`example.${id}`)}</li>
              ))}
            </ul>
          ) : (
            <Parts
              log={log}
              open={openPart}
              onOpen={setOpenPart}
              choices={
                <WhoChoices
                  entry={entry}
                  onChoose={(name, one) => {
                    state.choose(name, one)
                    chosen()
                  }}
                  onWho={(who) => {
                    state.fix({ who })
                    chosen()
                  }}
                  onOther={() => setOpenPart('who')}
                  onLeave={leave}
                />
              }
            />
          )}
        </div>
        <footer className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-surface-2 px-4 py-1.5 text-xs text-muted">
          <span className="inline-flex items-center gap-1.5">
            <Kbd>Shift Enter</Kbd>
            {t('keys.next')}
          </span>
          <span className="inline-flex items-center gap-1.5">
            <Kbd>↓</Kbd>
            <Kbd>Tab</Kbd>
            {t('keys.correct')}
          </span>
          <span className="inline-flex flex-1 items-center gap-1.5">
            <Kbd>Esc</Kbd>
            {t('keys.keep')}
          </span>
          <Button
            size="sm"
            variant="primary"
            kbd="Enter"
            isDisabled={isEmpty || log.isSaving}
            onPress={() => void save()}
          >
            {t('save')}
          </Button>
        </footer>
      </div>
    </Dialog>
  )
}
