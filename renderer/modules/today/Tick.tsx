import { Check } from 'lucide-react'
import { Keyed } from './LineRow.tsx'

/** The round box of a task: pressed, it is done. The line is what Tab comes to; Space there presses this. */
export function Tick({ label, onPress, isDisabled }: { label: string; onPress: () => void; isDisabled: boolean }) {
  return (
    <Keyed by="Space">
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={onPress}
        disabled={isDisabled}
        tabIndex={-1}
        className="group grid size-6 shrink-0 cursor-pointer place-items-center rounded-full outline-none focus-visible:outline-2 focus-visible:outline-accent"
      >
        <span className="grid size-4.5 place-items-center rounded-full border-[1.5px] border-line-strong text-transparent group-hover:border-accent group-hover:text-accent group-disabled:border-accent group-disabled:bg-accent group-disabled:text-on-accent [&>svg]:size-3">
          <Check strokeWidth={3} aria-hidden="true" />
        </span>
      </button>
    </Keyed>
  )
}
