import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { FoldButton } from './FoldButton.tsx'

/** What support people ask for, folded, with a copy button. */
export function TechnicalDetail({ detail }: { detail: string }) {
  const { t } = useTranslation('ui')
  const [isOpen, setOpen] = useState(false)
  const [isCopied, setCopied] = useState(false)
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex gap-2">
        <FoldButton isOpen={isOpen} onChange={setOpen}>
          {t('details')}
        </FoldButton>
        <Button
          size="sm"
          variant="ghost"
          icon={<Copy />}
          onPress={() => void navigator.clipboard.writeText(detail).then(() => setCopied(true))}
        >
          {t(isCopied ? 'copied' : 'copyDetails')}
        </Button>
      </div>
      {isOpen ? (
        <pre
          dir="ltr"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-48 w-full overflow-auto rounded-md bg-surface-2 p-2 font-mono text-xs whitespace-pre-wrap"
        >
          {detail}
        </pre>
      ) : null}
    </div>
  )
}
