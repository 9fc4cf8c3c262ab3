import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'

export type FoldButtonProps = { isOpen: boolean; onChange: (isOpen: boolean) => void; children: ReactNode }

/** Opens and closes what stands below it. */
export function FoldButton({ isOpen, onChange, children }: FoldButtonProps) {
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-expanded={isOpen}
      icon={<ChevronDown className={isOpen ? 'rotate-180' : undefined} />}
      onPress={() => onChange(!isOpen)}
    >
      {children}
    </Button>
  )
}
