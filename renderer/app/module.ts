import type { QueryClient } from '@tanstack/react-query'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { TimelineEntry, TimelineKind } from '../../shared/contract/activities.ts'
import type { Permission } from '../../shared/domain/roles.ts'

/** What a command may do; `useApp()` gives the same to components. */
export interface AppActions {
  /** A path as in the address bar: '/customers/0192…', '/history?party=0192…'. */
  go: (path: string) => void
  /** Asks beforehand what the page of this path will ask. */
  prepare: (path: string) => void
  openPalette: () => void
  /** Opens a module's «add» dialog (the first one when no name is given), filled from what was typed. */
  openAdd: (name?: string, text?: string) => void
  openKeys: () => void
  startTour: () => void
  /** Somebody else sits down at this PC. */
  openSeat: () => void
  /** Hides the book until the PIN is given; somebody without one is told how to get one. */
  lock: () => void
  toggleCounterMode: () => void
  setTheme: (theme: 'light' | 'dark' | 'system') => void
  setLanguage: (language: 'fa' | 'en') => void
}

export interface ModuleRoute {
  /** TanStack Router path, e.g. '/customers/$id'. */
  path: string
  component: ComponentType
  /** Asks what the page asks first: when somebody is about to come, and at the latest while it is being drawn. */
  load?: (client: QueryClient, at: { params: Record<string, string>; search: Record<string, unknown> }) => void
  /** i18n key of the page's name, for the window title. */
  title: string
  /** Who may not do this sees a sentence in place of the page. */
  permission?: Permission
  /** Without sidebar and top bar: the first run. */
  bare?: boolean
}

export interface MenuEntry {
  to: string
  label: string
  icon: LucideIcon
  /** `foot` stands at the bottom of the sidebar. */
  place?: 'main' | 'foot'
  permission?: Permission
  /** For the tour: `data-tour` of the entry. */
  tour?: string
}

/** An entry of the palette; with `keys` also a shortcut everywhere outside text fields. All texts are i18n keys. */
export interface Command {
  id: string
  label: string
  /** More words to be found by (i18n key). */
  words?: string
  icon: LucideIcon
  /** 'Ctrl+K', 'F8', 'N', '?', or two keys one after the other: 'G C'. The first is shown, all work. Letters are places on the keyboard, whatever its layout. */
  keys?: readonly string[]
  permission?: Permission
  /** The page it leads to, to be prepared at the first of its two keys. */
  to?: string
  run: (app: AppActions) => void
  /** Only a shortcut: the palette does not list it. */
  hidden?: boolean
}

/** A line of the key map for keys that a screen handles itself. */
export interface KeyNote {
  keys: readonly string[]
  label: string
  /** i18n key of the heading it stands under. */
  group: string
}

export interface AddDialogProps {
  isOpen: boolean
  onClose: () => void
  /** What the person had typed in the palette, to begin with. */
  text?: string
}

/** An entry of the «add» button. */
export interface AddEntry {
  label: string
  icon: LucideIcon
  keys?: readonly string[]
  permission?: Permission
  Dialog: ComponentType<AddDialogProps>
  /** Texts of the palette that are rather to be added than looked for; label is an i18n key with `text`. */
  offer?: { label: string; isFor: (text: string) => boolean }
}

export interface TimelineEntryProps {
  /** Of one of the part's own kinds. */
  entry: TimelineEntry
  /** Whose timeline it stands on. */
  partyId: string
  /** In the side panel. */
  isBrief?: boolean
}

/** What a module shows on the timeline of a customer. */
export interface TimelinePart {
  kinds: readonly TimelineKind[]
  Entry: ComponentType<TimelineEntryProps>
  /** Ways to narrow the timeline; labels are i18n keys. */
  chips: ReadonlyArray<{ id: string; label: string; kinds: readonly TimelineKind[] }>
  /** False for an entry of which nothing may be read here. */
  isShown?: (entry: TimelineEntry, isCounter: boolean) => boolean
}

/** What a module of the screen gives to the shell, declared once and listed in modules.ts. */
export interface RendererModule {
  name: string
  routes: readonly ModuleRoute[]
  menu?: readonly MenuEntry[]
  add?: AddEntry
  commands?: readonly Command[]
  keyNotes?: readonly KeyNote[]
  timeline?: TimelinePart
  /** Small marks on entries of the menu, by their `to`; a mark shows nothing while there is nothing to do. */
  marks?: Readonly<Record<string, ComponentType<{ className?: string }>>>
  /** A line at the foot of the menu, beside the state of the data; nothing while there is nothing to say. */
  Foot?: ComponentType
  /** A word above every page, below the bar at the top; nothing while there is nothing to say. */
  Notice?: ComponentType
}
